using RechargeGrains.Grains.Tenants;

namespace RechargeGrains.Grains.Tests.Tenants;

public sealed class TokenTextTests
{
    private const string Secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    [Fact]
    public void A_token_is_read_as_it_was_written()
    {
        var token = TokenText.New("acme");

        Assert.Equal("acme", token.TenantId);
        Assert.StartsWith($"rg.acme.{token.TokenId}.", token.ToString(), StringComparison.Ordinal);
        Assert.Equal(token, TokenText.Parse(token.ToString()));
    }

    [Fact]
    public void No_two_tokens_share_id_or_secret()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => TokenText.New("acme")).ToList();
        Assert.Equal(100, tokens.Select(token => token.TokenId).Distinct().Count());
        Assert.Equal(100, tokens.Select(token => token.Secret).Distinct().Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("rg.acme.tok_1")]
    [InlineData("xx.acme.tok_1." + Secret)]
    [InlineData("rg.ACME.tok_1." + Secret)]
    [InlineData("rg.a/b.tok_1." + Secret)]
    [InlineData("rg..tok_1." + Secret)]
    [InlineData("rg.acme.." + Secret)]
    [InlineData("rg.acme.tok_1." + Secret + "A")]
    [InlineData("rg.acme.tok_1." + Secret + ".more")]
    public void What_can_be_no_token_is_refused(string text) => Assert.Null(TokenText.Parse(text));

    [Fact]
    public void A_secret_is_kept_as_its_hash() => Assert.Equal(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", TokenText.HashOf("abc"));
}
