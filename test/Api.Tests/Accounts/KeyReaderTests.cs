using RechargeGrains.Api.Accounts;

namespace RechargeGrains.Api.Tests.Accounts;

public sealed class KeyReaderTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("  \n", null)]
    [InlineData(" sk_1 \r\n", "sk_1")]
    public void Blanks_that_came_along_are_dropped(string? text, string? key) => Assert.Equal(key, KeyReader.Read(text));

    [Theory]
    [InlineData("sk_test_1x1~!", true)]
    [InlineData("two words", false)]
    [InlineData("a\r\nX-Evil: 1", false)]
    [InlineData("schlüssel", false)]
    [InlineData("\u007f", false)]
    public void A_key_is_one_word_that_fits_a_header(string key, bool isUsable) => Assert.Equal(isUsable, KeyReader.IsUsable(key));

    [Fact]
    public void A_key_has_at_most_so_many_characters()
    {
        Assert.True(KeyReader.IsUsable(new string('k', KeyReader.MaxLength)));
        Assert.False(KeyReader.IsUsable(new string('k', KeyReader.MaxLength + 1)));
    }
}
