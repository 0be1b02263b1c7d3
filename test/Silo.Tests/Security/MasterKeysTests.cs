using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Tests.Security;

public sealed class MasterKeysTests
{
    private static readonly string Key = Convert.ToBase64String(Enumerable.Range(1, 32).Select(i => (byte)i).ToArray());

    [Fact]
    public void Keys_are_separated_by_commas() => Assert.Equal(2, MasterKeys.Parse($" {Key} ,\n{Key}").Count);

    [Theory]
    [InlineData(null, "it is empty")]
    [InlineData(" ", "it is empty")]
    [InlineData("not base64!", "key 1 of 1 is not base64")]
    [InlineData("c2hvcnQ=", "key 1 of 1 has 5 bytes")]
    [InlineData("{key},", "key 2 of 2 has 0 bytes")]
    [InlineData("{key},c2hvcnQ=", "key 2 of 2 has 5 bytes")]
    [InlineData("{key}{key}", "is not base64")]
    public void A_wrong_value_is_explained_in_one_line_that_names_the_setting(string? value, string reason)
    {
        Assert.False(MasterKeys.TryParse(value?.Replace("{key}", Key, StringComparison.Ordinal), out var keys, out var problem));

        Assert.Null(keys);
        Assert.StartsWith("Security:MasterKey has to be one or more base64 keys of exactly 32 bytes", problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', problem);
    }

    [Fact]
    public void The_value_is_in_no_message()
    {
        const string Value = "almost-a-secret-that-somebody-pasted";
        var error = Assert.Throws<FormatException>(() => MasterKeys.Parse(Value));

        Assert.DoesNotContain(Value, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Key[..8], MasterKeys.Parse(Key).ToString(), StringComparison.Ordinal);
    }
}
