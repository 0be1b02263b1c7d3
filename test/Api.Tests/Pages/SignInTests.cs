namespace RechargeGrains.Api.Tests.Pages;

/// <summary>Coming in, staying in, and being kept out.</summary>
public sealed class SignInTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task The_first_operator_comes_in_by_the_link_that_was_printed_and_nobody_after_them()
    {
        await using var user = await fixture.OpenAsync();
        var link = await fixture.FirstLinkAsync();
        await user.Page.GotoAsync(link);
        await user.Field("Your name").FillAsync("Olga");
        await user.Field("E-mail address").FillAsync("olga@hosting.test");
        await user.Button("Next: choose a password").ClickAsync();
        await user.AcceptAsync(user.Page.Url);
        await user.Page.WaitForURLAsync("**/staff", BrowserUser.Arrived);

        await using var other = await fixture.OpenAsync();
        await other.Page.GotoAsync(link);
        await other.Field("Your name").FillAsync("Eve");
        await other.Field("E-mail address").FillAsync("eve@elsewhere.test");
        await other.Button("Next: choose a password").ClickAsync();
        await other.SeesAsync("This link was used already");
    }

    [Fact]
    public async Task Somebody_invited_chooses_a_password_and_signs_in_with_it_from_then_on()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.OpenAsync();
        var email = $"jo-{Guid.NewGuid():N}@example.test";
        var link = (await tenant.Administrator.PostAsync($"{tenant.Path}/people", new { email, name = "Jo", role = "administrator" })).Expect(201).Field("link")!;
        await user.Page.GotoAsync(link);
        await user.Field("New password").FillAsync("short");
        await user.Field("The same again").FillAsync("short");
        await user.Button("Set the password and sign in").ClickAsync();
        await user.SeesAsync("Passwords must be at least 12 characters.");
        await user.AcceptAsync(user.Page.Url);
        await user.SeesHeadingAsync("Connections");
        await user.AssertAccessibleAsync();
        await user.Button("Sign out").ClickAsync();
        await user.SeesHeadingAsync("Sign in");
        await user.PictureAsync("sign-in");

        // The invitation is used, and a page asks who is there.
        await user.Page.GotoAsync(link);
        await user.SeesAsync("This invitation is not open");
        await user.Page.GotoAsync($"/t/{tenant.Id}/settings/people");
        await user.SeesHeadingAsync("Sign in");
        await user.Field("E-mail address").FillAsync(email);
        await user.Field("Password").FillAsync("not the password");
        await user.Button("Sign in").ClickAsync();
        await user.SeesAsync("The e-mail address or the password is wrong.");
        await user.Field("Password").FillAsync(BrowserFixture.Password);
        await user.Button("Sign in").ClickAsync();
        await user.Page.WaitForURLAsync($"**/t/{tenant.Id}/settings/people", BrowserUser.Arrived);
    }

    [Fact]
    public async Task A_link_that_is_followed_before_the_page_is_live_leads_on_all_the_same()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(tenant);
        // The page is there, and what makes it live is late.
        var late = new TaskCompletionSource();
        await user.Page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await late.Task;
            await route.ContinueAsync();
        });
        await user.Page.GotoAsync($"/t/{tenant.Id}/settings/connections", new() { WaitUntil = Microsoft.Playwright.WaitUntilState.DOMContentLoaded });
        await user.Link("People").ClickAsync();
        late.SetResult();

        await user.SeesHeadingAsync("People");
        await user.LiveAsync();
        await user.SeesHeadingAsync("People");
        await user.Button("Invite somebody").ClickAsync();
        await user.SeesAsync("E-mail address");
    }
}
