using System.Buffers.Text;
using RechargeGrains.Grains.Connections;

namespace RechargeGrains.Grains.Tests.Connections;

public sealed class HookKeyTests
{
    [Fact]
    public void A_new_key_is_256_bits_that_never_come_twice()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => HookKey.New()).ToList();

        Assert.All(keys, key => Assert.Equal(32, Base64Url.DecodeFromChars(key).Length));
        Assert.All(keys, key => Assert.True(HookKey.IsWellFormed(key)));
        Assert.Equal(100, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    public void What_can_be_no_key_is_told_by_its_form(string text) => Assert.False(HookKey.IsWellFormed(text));

    [Fact]
    public void The_grain_that_knows_a_key_is_found_by_a_hash_of_it() => Assert.Equal(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", HookKey.GrainKeyOf("abc"));
}
