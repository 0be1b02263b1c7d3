using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>Somebody who walks through the set-up of a tenant's connection.</summary>
internal sealed class SetUpWalk(BrowserUser user, TestTenant tenant)
{
    public static string PathOf(TestTenant tenant) => $"/t/{tenant.Id}/settings/connections/recharge/new";

    private ILocator Step => user.Page.Locator("h2");

    public Task OpenAsync() => user.GoAsync(PathOf(tenant));

    /// <summary>Waits until the step is open.</summary>
    public async Task SeesStepAsync(int number, string name)
    {
        await Assertions.Expect(Step).ToHaveTextAsync($"Step {number} of 5: {name}");
        await Assertions.Expect(user.Page.Locator("li[aria-current=step]")).ToContainTextAsync(name);
    }

    public Task NextAsync() => user.Button("Next").ClickAsync();

    public Task BackAsync() => user.Button("Back").ClickAsync();

    public async Task CreateOmetriaAsync(string key, string name = "Main")
    {
        await user.Field("Name").FillAsync(name);
        await user.Field("Ometria API key", exact: true).FillAsync(key);
        await user.Button("Create").ClickAsync();
    }

    public async Task CreateRechargeAsync(string key, string? secret = null, string name = "Store")
    {
        await user.Field("Name").FillAsync(name);
        await user.Field("Recharge API key", exact: true).FillAsync(key);
        await user.Field("API client secret (optional)").FillAsync(secret ?? "");
        await user.Button("Create").ClickAsync();
    }

    /// <summary>Through the first two steps with keys that work.</summary>
    public async Task AddBothAsync()
    {
        await CreateOmetriaAsync(tenant.OmetriaKey);
        await user.SeesAsync("Ometria accepts the key that ends in Ok99");
        await NextAsync();
        await SeesStepAsync(2, "Recharge API key");
        await CreateRechargeAsync(tenant.RechargeToken, tenant.ClientSecret);
        await user.SeesAsync("Recharge accepts the key that ends in Rt77");
        await NextAsync();
        await SeesStepAsync(3, "Fields and events");
    }

    /// <summary>From the fields on to the end.</summary>
    public async Task FinishAsync(string date = "2000-01-01")
    {
        await NextAsync();
        await SeesStepAsync(4, "Customers start date");
        await user.Field("Start date").FillAsync(date);
        await NextAsync();
        await SeesStepAsync(5, "Finish");
        await user.Button("Finish").ClickAsync();
    }
}
