using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages.Shared;

/// <summary>What is shown this once is not lost because a browser lets nothing be copied.</summary>
public sealed class CopyFieldTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task What_the_browser_does_not_copy_is_selected_and_stays()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(tenant, width: 390);
        await user.GoAsync($"/t/{tenant.Id}/settings/people");
        await user.Button("Invite somebody").ClickAsync();
        await user.Field("Name").FillAsync("Berta");
        await user.Field("E-mail address").FillAsync(fixture.NewEmail());
        await user.Dialog.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await user.SeesAsync("Pass this link on");
        var link = await user.Page.GetByLabel("Link", new() { Exact = true }).TextContentAsync();

        await user.Page.EvaluateAsync("""
            navigator.clipboard.writeText = () => Promise.reject(new DOMException("Not now.", "NotAllowedError"));
            document.execCommand = () => false;
            """);
        await user.Button("Copy Link").ClickAsync();
        await user.SeesAsync("Press Ctrl+C");
        Assert.Equal(link, await user.Page.EvaluateAsync<string>("getSelection().toString()"));
        await user.AssertFitsAsync();
        await user.AssertAccessibleAsync();
        await user.PictureAsync("invitation-not-copied");

        await user.Page.EvaluateAsync("navigator.clipboard.writeText = async text => { window.copied = text; }");
        await user.Button("Copy Link").ClickAsync();
        await Assertions.Expect(user.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Link is copied" })).ToHaveCountAsync(1);
        Assert.Equal(link, await user.Page.EvaluateAsync<string>("window.copied"));
        await user.Button("I have copied it").ClickAsync();
        // The table knows of it without waiting for its next turn.
        await Assertions.Expect(user.Page.Locator("tbody").GetByText("Berta").First).ToBeVisibleAsync();
    }
}
