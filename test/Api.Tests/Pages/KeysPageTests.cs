using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>The page of API keys: what is shown of them, and adding and replacing one.</summary>
public sealed class KeysPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task An_administrator_adds_keys_and_sees_what_uses_them_but_never_a_key()
    {
        var connection = await fixture.AddConnectionAsync();
        var tenant = connection.Tenant;
        await using var user = await fixture.SignInAsync(tenant);
        await user.GoAsync($"/t/{tenant.Id}/settings/keys");
        await user.SeesHeadingAsync("API keys");
        var rows = user.Page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.Nth(0)).ToContainTextAsync("Ok99");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("Morning Coffee");
        await Assertions.Expect(rows.Nth(1).GetByRole(AriaRole.Link)).ToHaveAttributeAsync("href", $"/t/{tenant.Id}/connections/{connection.Id}");
        await user.AssertAccessibleAsync();
        await user.AssertFitsAsync();
        await user.PictureAsync("keys");

        await user.Button("Add a Recharge account").ClickAsync();
        await user.Field("Name").FillAsync("Second store");
        await user.Field("Recharge API key", exact: true).FillAsync("sk_wrong");
        await user.Button("Create").ClickAsync();
        await user.SeesAsync("This Recharge API key does not work.");
        await user.AssertAccessibleAsync();
        fixture.Sandbox.Tokens.Add("sk_second_store_Se22", "its secret");
        await user.Field("Recharge API key", exact: true).FillAsync("sk_second_store_Se22");
        await user.Page.Keyboard.PressAsync("Enter");
        await user.SeesAsync("Second store was added.");
        var second = rows.Filter(new() { HasText = "Second store" });
        await Assertions.Expect(second).ToContainTextAsync("no connection");
        await Assertions.Expect(second).ToContainTextAsync("not set");
        var html = await user.Page.ContentAsync();
        foreach (var secret in new[] { tenant.OmetriaKey[..^4], tenant.RechargeToken[..^4], tenant.ClientSecret, "sk_second_store" })
            Assert.DoesNotContain(secret, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replacing_a_key_keeps_the_present_one_until_the_new_one_is_accepted()
    {
        var tenant = await fixture.AddTenantAsync();
        (await tenant.AddRechargeAsync()).Expect(201);
        await using var user = await fixture.SignInAsync(tenant);
        await user.GoAsync($"/t/{tenant.Id}/settings/keys");
        await user.Button("Replace key of Store at Recharge").ClickAsync();
        await user.SeesAsync("Nothing is lost meanwhile");
        await user.Field("Recharge API key", exact: true).FillAsync("sk_wrong");
        await user.Button("Replace the key").And(user.Page.Locator("[type=submit]")).ClickAsync();
        await user.SeesAsync("This Recharge API key does not work.");
        await user.AssertAccessibleAsync();
        fixture.Sandbox.Tokens.Add("sk_replaced_Rp33", "new_secret");
        await user.Field("Recharge API key", exact: true).FillAsync("sk_replaced_Rp33");
        await user.Field("API client secret (optional)").FillAsync("new_secret");
        await user.Page.Keyboard.PressAsync("Enter");
        await user.SeesAsync("Store has a new key.");
        await user.SeesAsync("Rp33");
        Assert.Contains("key.replaced", (await tenant.Administrator.GetAsync($"{tenant.Path}/audit")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_member_finds_nothing_there()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var member = await fixture.SignInAsync(tenant, "member");
        Assert.Equal(404, await member.GoAsync($"/t/{tenant.Id}/settings/keys"));
        await member.SeesHeadingAsync("There is nothing here");
    }

    [Fact]
    public async Task It_fits_a_phone()
    {
        var connection = await fixture.AddConnectionAsync();
        await using var user = await fixture.SignInAsync(connection.Tenant, width: 390);
        await user.GoAsync($"/t/{connection.Tenant.Id}/settings/keys");
        await user.SeesHeadingAsync("API keys");
        await user.AssertFitsAsync();
        await user.PictureAsync("keys-phone");
    }
}
