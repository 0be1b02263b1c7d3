namespace RechargeGrains.Api.Tests.Accounts;

public sealed class PlatformTests(PlatformTests.Fixture fixture) : IClassFixture<PlatformTests.Fixture>
{
    [Fact]
    public async Task A_store_that_is_not_on_shopify_is_refused_and_not_kept()
    {
        var tenant = await fixture.AddTenantAsync();

        Assert.Equal("not_shopify", (await tenant.AddRechargeAsync()).Expect(422).Code);

        Assert.Empty((await tenant.Administrator.GetAsync($"{tenant.Path}/accounts")).Expect(200).Body!["accounts"]!.AsArray());
    }

    public sealed class Fixture : ProductFixture
    {
        protected override void Configure(SandboxOptions options) => options.Platform = "bigcommerce";
    }
}
