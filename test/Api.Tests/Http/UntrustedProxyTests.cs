using System.Net;
using RechargeGrains.Api.Tests.Pages;

namespace RechargeGrains.Api.Tests.Http;

/// <summary>Without a proxy in the settings nobody is believed who says that they pass something on.</summary>
public sealed class UntrustedProxyTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Another_address_or_scheme_can_be_claimed_by_nobody()
    {
        using (var browser = new FormClient(fixture.Product.Address, scheme: "https"))
        using (var page = await browser.GetAsync("/sign-in"))
            Assert.False(page.Headers.Contains("Strict-Transport-Security"));

        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, await TryAsync());
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync());
    }

    private async Task<HttpStatusCode> TryAsync()
    {
        using var browser = new FormClient(fixture.Product.Address, FormClient.NewAddress());
        using var answer = await browser.SignInAsync("nobody@example.test", "not the password");
        return answer.StatusCode;
    }
}
