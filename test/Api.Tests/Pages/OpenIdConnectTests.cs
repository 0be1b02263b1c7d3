using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>Sign-in with a provider: it vouches for an address, and who has it here is let in as what they are here.</summary>
public sealed class OpenIdConnectTests(OpenIdConnectFixture fixture) : IClassFixture<OpenIdConnectFixture>
{
    private TestProvider Provider => fixture.Provider;

    [Fact]
    public async Task Somebody_who_was_invited_is_let_in_to_where_they_wanted_and_asked_with_a_challenge()
    {
        var tenant = await fixture.AddTenantAsync();
        var email = await InviteAsync(tenant, "member");
        Provider.Is(email.ToUpperInvariant());
        await using var user = await fixture.OpenAsync();
        await user.Page.GotoAsync($"/t/{tenant.Id}/settings/people");
        await user.SeesHeadingAsync("Sign in");
        await Assertions.Expect(user.Field("Password")).ToHaveCountAsync(0);
        await user.PictureAsync("sign-in-provider");
        await SignInAsync(user);
        await user.Page.WaitForURLAsync($"**/t/{tenant.Id}/settings/people", BrowserUser.Arrived);
        await user.LiveAsync();
        await user.SeesAsync("Max Example");

        Assert.Equal("openid profile email", Provider.Asked!["scope"].ToString());
        Assert.Equal("S256", Provider.Asked["code_challenge_method"].ToString());
        Assert.Equal($"{fixture.Product.Address.ToString().TrimEnd('/')}/sign-in/callback", Provider.Asked["redirect_uri"].ToString());
        var cookies = await user.Page.Context.CookiesAsync();
        Assert.DoesNotContain(cookies, cookie => cookie.Name.Contains("External", StringComparison.Ordinal));
        // As a member: what needs an administrator is not there.
        Assert.Equal(404, await user.GoAsync($"/t/{tenant.Id}/settings/audit"));
    }

    [Fact]
    public async Task A_provider_that_says_nothing_of_verification_is_believed()
    {
        var tenant = await fixture.AddTenantAsync();
        Provider.Is(await InviteAsync(tenant, "administrator"), verified: null);
        await using var user = await fixture.OpenAsync();
        await user.Page.GotoAsync("/");
        await SignInAsync(user);

        await user.SeesHeadingAsync("Connections");
    }

    [Fact]
    public async Task Somebody_who_was_not_invited_or_whose_address_is_not_verified_is_told_so()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.OpenAsync();
        Provider.Is("eve@elsewhere.test");
        await user.Page.GotoAsync("/sign-in");
        await SignInAsync(user);
        await user.SeesAsync("Ask an administrator of your account to invite you");

        Provider.Is(await InviteAsync(tenant, "administrator"), verified: false);
        await SignInAsync(user);
        await user.SeesAsync("has not verified your e-mail address");
        await user.Page.GotoAsync($"/t/{tenant.Id}/settings/people");
        await user.SeesHeadingAsync("Sign in");
    }

    [Fact]
    public async Task An_operator_of_the_settings_is_let_in_and_invites_others_without_a_link()
    {
        Provider.Is(OpenIdConnectFixture.OperatorEmail);
        await using var user = await fixture.OpenAsync();
        await user.Page.GotoAsync("/");
        await SignInAsync(user);
        await user.SeesHeadingAsync("All connections");
        await user.LiveAsync();
        await user.GoAsync("/staff/people");
        await Assertions.Expect(user.Button("New invitation")).ToHaveCountAsync(0);
        await user.Button("Invite somebody").ClickAsync();
        await user.Field("Name").FillAsync("Paul Operator");
        await user.Field("E-mail address").FillAsync("paul@hosting.test");
        await user.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await user.SeesAsync("They can sign in with Example Id now.");

        Provider.Is("paul@hosting.test");
        await using var paul = await fixture.OpenAsync();
        await paul.Page.GotoAsync("/");
        await SignInAsync(paul);
        await paul.SeesHeadingAsync("All connections");
    }

    [Theory]
    [InlineData("another nonce")]
    [InlineData("no nonce")]
    [InlineData("another audience")]
    [InlineData("another key")]
    [InlineData("out of date")]
    [InlineData("no address")]
    public async Task A_token_that_is_not_as_it_must_be_lets_nobody_in(string what)
    {
        var tenant = await fixture.AddTenantAsync();
        Provider.Is(await InviteAsync(tenant, "administrator"));
        Provider.SignsWithAnotherKey = what == "another key";
        Provider.Tamper = claims => Spoil(claims, what);
        await using var user = await fixture.OpenAsync();
        await user.Page.GotoAsync("/sign-in");
        await SignInAsync(user);

        await user.SeesAsync("The sign-in with Example Id did not work. Try again.");
        await user.Page.GotoAsync($"/t/{tenant.Id}/settings/people");
        await user.SeesHeadingAsync("Sign in");
    }

    [Fact]
    public async Task Nobody_can_begin_a_sign_in_for_somebody_else()
    {
        using var http = new HttpClient { BaseAddress = fixture.Product.Address };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        using var body = new FormUrlEncodedContent([new("next", "/")]);
        using var started = await http.PostAsync(new Uri("/sign-in/external", UriKind.Relative), body, TestContext.Current.CancellationToken);
        using var called = await http.GetAsync(new Uri("/sign-in/callback?code=stolen&state=made-up", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(400, (int)started.StatusCode);
        Assert.Equal("/sign-in?notice=failed", called.RequestMessage!.RequestUri!.PathAndQuery);
    }

    [Fact]
    public async Task There_are_no_passwords()
    {
        var tenant = await fixture.AddTenantAsync();
        var link = (await tenant.Administrator.PostAsync($"{tenant.Path}/people", new { email = NewEmail(), name = "Jo", role = "member" })).Expect(201).Field("link")!;
        Assert.EndsWith("/sign-in", link, StringComparison.Ordinal);
        Assert.DoesNotContain("/welcome/first", await File.ReadAllTextAsync(fixture.Product.LogFile, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await using var user = await fixture.OpenAsync();
        foreach (var path in new[] { "/welcome?person=a/b&code=c", "/welcome/first?code=c" })
        {
            await user.Page.GotoAsync(path);
            await user.SeesHeadingAsync("You need no password here");
            await Assertions.Expect(user.Page.Locator("input[type=password]")).ToHaveCountAsync(0);
        }
    }

    private static Task SignInAsync(BrowserUser user) => user.Button("Sign in with Example Id").ClickAsync();

    private static string NewEmail() => $"max-{Guid.NewGuid():N}@example.test";

    private static async Task<string> InviteAsync(TestTenant tenant, string role)
    {
        var email = NewEmail();
        (await tenant.Administrator.PostAsync($"{tenant.Path}/people", new { email, name = "Max Example", role })).Expect(201);
        return email;
    }

    private static void Spoil(Dictionary<string, object> claims, string what)
    {
        switch (what)
        {
            case "another nonce":
                claims["nonce"] = "of another sign-in";
                break;
            case "no nonce":
                claims.Remove("nonce");
                break;
            case "another audience":
                claims["aud"] = "another service";
                break;
            case "out of date":
                claims["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds();
                break;
            case "no address":
                claims.Remove("email");
                break;
        }
    }
}
