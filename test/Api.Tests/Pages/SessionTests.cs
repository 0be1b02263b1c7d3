using System.Net;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>What a session is good for and when it ends, and what keeps others out of one.</summary>
public sealed class SessionTests(SessionFixture fixture) : IClassFixture<SessionFixture>
{
    [Fact]
    public async Task The_open_page_of_somebody_who_was_removed_ends_by_itself()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(tenant);
        await user.SeesHeadingAsync("Connections");
        var person = (await tenant.Administrator.GetAsync($"{tenant.Path}/people")).Expect(200).Body!["people"]![0]!;
        (await tenant.Administrator.DeleteAsync($"{tenant.Path}/people/{person["personId"]}")).Expect(204);

        await user.Page.WaitForURLAsync("**/sign-in?next=*", BrowserUser.Arrived);
        await user.Page.GotoAsync($"/t/{tenant.Id}/settings/people");
        await user.SeesHeadingAsync("Sign in");
    }

    [Fact]
    public async Task Signing_out_ends_the_session_in_every_window_and_for_whoever_kept_the_cookie()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(tenant);
        var cookies = await user.Page.Context.CookiesAsync();
        var other = await user.Page.Context.NewPageAsync();
        await other.GotoAsync($"/t/{tenant.Id}/settings/people");
        await user.Button("Sign out").ClickAsync();
        await user.SeesHeadingAsync("Sign in");

        await other.WaitForURLAsync("**/sign-in?next=*", BrowserUser.Arrived);
        await using var thief = await fixture.OpenAsync();
        await thief.Page.Context.AddCookiesAsync(cookies.Select(cookie => new Microsoft.Playwright.Cookie { Name = cookie.Name, Value = cookie.Value, Url = fixture.Product.Address.ToString() }));
        await thief.Page.GotoAsync($"/t/{tenant.Id}/settings/people");
        await thief.SeesHeadingAsync("Sign in");
    }

    [Fact]
    public async Task Who_is_given_another_role_signs_in_again_and_has_it()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var chief = await fixture.SignInAsync(tenant, "member");
        await using var staff = await fixture.SignInStaffAsync();
        var email = (string)(await tenant.Administrator.GetAsync($"{tenant.Path}/people")).Expect(200).Body!["people"]![0]!["email"]!;
        await staff.GoAsync($"/t/{tenant.Id}/settings/people");
        await staff.Button("Make an administrator: Max Member").ClickAsync();
        await staff.Button("Yes").ClickAsync();

        await chief.Page.WaitForURLAsync("**/sign-in?next=*", BrowserUser.Arrived);
        await chief.Field("E-mail address").FillAsync(email);
        await chief.Field("Password").FillAsync(BrowserFixture.Password);
        await chief.Button("Sign in").ClickAsync();
        await chief.SeesHeadingAsync("Connections");
        Assert.Equal(200, await chief.GoAsync($"/t/{tenant.Id}/settings/audit"));
        await chief.SeesAsync("Gave another role to");
    }

    [Fact]
    public async Task A_session_outlives_the_service()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(tenant);
        await user.Page.GotoAsync("about:blank");
        await fixture.KillAndStartAsync();

        Assert.Equal(200, await user.GoAsync($"/t/{tenant.Id}/settings/people"));
        await user.SeesHeadingAsync("People");
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_somebody_out_also_when_they_are_tried_at_once()
    {
        var email = await AddPersonAsync();
        using var browser = NewBrowser();
        var form = await browser.FormAsync();
        var tries = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => browser.SignInAsync(form, email, "not the password at all")));
        Assert.All(tries, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));

        using var right = await browser.SignInAsync(email, BrowserFixture.Password);
        // In the words for a wrong one: nobody learns here who has an account.
        Assert.Contains("The e-mail address or the password is wrong.", await TextAsync(right), StringComparison.Ordinal);
        Assert.DoesNotContain("rg.session", Cookies(right), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_tries_too_often_is_held_back_and_others_are_not()
    {
        using var browser = NewBrowser();
        var form = await browser.FormAsync();
        for (var i = 0; i < 20; i++)
        {
            using var wrong = await browser.SignInAsync(form, "nobody@example.test", "not the password");
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        }

        using var refused = await browser.SignInAsync(form, "nobody@example.test", "not the password");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromMinutes(1), refused.Headers.RetryAfter?.Delta);
        Assert.Contains("Too many tries", await TextAsync(refused), StringComparison.Ordinal);
        using var looked = await browser.GetAsync("/sign-in");
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);

        using var other = NewBrowser();
        using var free = await other.SignInAsync("nobody@example.test", "not the password");
        Assert.Equal(HttpStatusCode.OK, free.StatusCode);
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/sign-out")]
    [InlineData("/welcome?person=a/b&code=c")]
    public async Task A_form_that_is_not_ours_is_refused_in_words(string path)
    {
        using var browser = NewBrowser();
        using var answer = await browser.PostAsync(path, [new("_handler", "sign-in"), new("Input.Email", "a@example.test"), new("Input.Password", "b")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var text = await TextAsync(answer);
        Assert.Contains("This could not be taken", text, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-in", true)]
    [InlineData("/not-found", true)]
    [InlineData("/app.css", false)]
    public async Task Pages_say_what_a_browser_may_do_with_them(string path, bool isPage)
    {
        using var browser = NewBrowser("https");
        using var answer = await browser.GetAsync(path);

        var policy = Header(answer, "Content-Security-Policy");
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("no-referrer", Header(answer, "Referrer-Policy"));
        Assert.Equal("max-age=31536000", Header(answer, "Strict-Transport-Security"));
        Assert.Equal(isPage, answer.Headers.CacheControl?.NoStore == true);
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public async Task The_cookie_of_a_session_is_out_of_reach_of_scripts_and_of_other_sites_and_worthless_to_the_api(string scheme, bool secure)
    {
        var email = await AddPersonAsync();
        using var browser = NewBrowser(scheme);
        using var form = await browser.GetAsync("/sign-in");
        Assert.Contains("httponly", Cookies(form), StringComparison.Ordinal);
        Assert.Equal(secure, Cookies(form).Contains("secure", StringComparison.Ordinal));
        using var answer = await browser.SignInAsync(email, BrowserFixture.Password);
        var session = Assert.Single(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("rg.session=", StringComparison.Ordinal));
        Assert.Contains("samesite=lax", session, StringComparison.Ordinal);
        Assert.Contains("httponly", session, StringComparison.Ordinal);
        Assert.Equal(secure, session.Contains("secure", StringComparison.Ordinal));

        using var api = new HttpClient { BaseAddress = fixture.Product.Address };
        api.DefaultRequestHeaders.Add("Cookie", session.Split(';')[0]);
        using var refused = await api.GetAsync(new Uri("/api/v1/tenants", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var page = await api.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.NotEqual("/sign-in", page.RequestMessage!.RequestUri!.AbsolutePath);
    }

    [Theory]
    [InlineData("//evil.test")]
    [InlineData("/\\evil.test")]
    [InlineData("https://evil.test/")]
    public async Task A_sign_in_leads_to_no_other_site(string next)
    {
        var email = await AddPersonAsync();
        using var browser = NewBrowser();
        using var answer = await browser.SignInAsync(email, BrowserFixture.Password, $"/sign-in?next={Uri.EscapeDataString(next)}");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Contains(answer.Headers.Location!.ToString(), new[] { "/", fixture.Product.Address.ToString() });
    }

    [Fact]
    public async Task The_audit_log_has_the_address_that_a_trusted_proxy_names()
    {
        var tenant = await fixture.AddTenantAsync();
        var email = await AddPersonAsync(tenant);
        var address = FormClient.NewAddress();
        using var browser = new FormClient(fixture.Product.Address, $"198.51.100.7, {address}, 10.0.0.9");
        using var answer = await browser.SignInAsync(email, BrowserFixture.Password);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);

        var newest = (await tenant.Administrator.GetAsync($"{tenant.Path}/audit")).Expect(200).Body!["entries"]![0]!;
        Assert.Equal(("signed_in", address), ((string)newest["action"]!, (string)newest["from"]!));
    }

    private FormClient NewBrowser(string? scheme = null) => new(fixture.Product.Address, FormClient.NewAddress(), scheme);

    private async Task<string> AddPersonAsync(TestTenant? tenant = null)
    {
        tenant ??= await fixture.AddTenantAsync();
        var email = $"jo-{Guid.NewGuid():N}@example.test";
        var link = (await tenant.Administrator.PostAsync($"{tenant.Path}/people", new { email, name = "Jo", role = "administrator" })).Expect(201).Field("link")!;
        var path = new Uri(link).PathAndQuery;
        using var browser = NewBrowser();
        var form = await browser.FormAsync(path);
        using var answer = await browser.PostAsync(path, [.. form, new("Input.Password", BrowserFixture.Password), new("Input.Again", BrowserFixture.Password)]);
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        return email;
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private static string Cookies(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join('\n', cookies) : "";
}
