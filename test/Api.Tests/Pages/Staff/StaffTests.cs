using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages.Staff;

/// <summary>What the hosting company's staff see and do, and that nobody else does.</summary>
public sealed class StaffTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task All_connections_are_seen_at_a_glance_with_those_that_ask_for_somebody_first()
    {
        await fixture.AddConnectionAsync();
        var troubled = await fixture.AddConnectionAsync();
        (await fixture.Operator.PutAsync($"{troubled.Tenant.Path}/enablement", new { recharge = false, customEvents = Array.Empty<string>() })).Expect(200);
        await using var staff = await fixture.SignInStaffAsync();
        await staff.SeesHeadingAsync("All connections");
        var rows = staff.Page.Locator("tbody tr");
        await Assertions.Expect(rows.First).ToContainTextAsync($"Retailer {troubled.Tenant.Id}", new() { Timeout = (float)Patience.Long.TotalMilliseconds });
        await Assertions.Expect(rows.First).ToContainTextAsync("Needs attention");
        await Assertions.Expect(rows.First).ToContainTextAsync("no longer enabled");
        await staff.AssertAccessibleAsync();
        await staff.PictureAsync("staff");

        await staff.Field("Only those with problems").CheckAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(1);
        await staff.Field("Search tenant, store or problem").FillAsync("nobody is called so");
        await staff.SeesAsync("No connection is like that.");
        await staff.Field("Search tenant, store or problem").FillAsync(troubled.Tenant.Id);
        await Assertions.Expect(rows).ToHaveCountAsync(1);

        // It is live: what staff mend leaves the list by itself.
        (await fixture.Operator.PutAsync($"{troubled.Tenant.Path}/enablement", new { recharge = true, customEvents = ProductSetup.AllEvents })).Expect(200);
        await staff.SeesAsync("No connection is like that.");
        await staff.Field("Only those with problems").UncheckAsync();
        await rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await staff.Page.WaitForURLAsync($"**/t/{troubled.Tenant.Id}/connections/{troubled.Id}", BrowserUser.Arrived);
    }

    [Fact]
    public async Task A_tenant_is_made_and_enabled_and_its_tokens_and_people_are_looked_after()
    {
        await using var staff = await fixture.SignInStaffAsync();
        await staff.GoAsync("/staff/tenants");
        await staff.Button("Add a tenant").ClickAsync();
        await staff.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Northern Snowboards");
        await staff.Page.GetByLabel("Id", new() { Exact = true }).FillAsync("Northern Snowboards");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await staff.SeesAsync("1 to 63 lower-case letters, digits and hyphens");
        await staff.Page.GetByLabel("Id", new() { Exact = true }).FillAsync("northern");
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await staff.SeesHeadingAsync("Northern Snowboards");

        await staff.Page.GetByLabel("Recharge", new() { Exact = true }).CheckAsync();
        await staff.Page.GetByLabel("subscription_created", new() { Exact = true }).CheckAsync();
        await staff.Page.GetByLabel("upcoming_charge_changed", new() { Exact = true }).CheckAsync();
        await staff.SeesAsync("Not saved yet");
        await staff.Button("Save").ClickAsync();
        await staff.SeesAsync("Saved. It holds for all connections from now on.");
        var kept = (await fixture.Operator.GetAsync("/api/v1/tenants/northern")).Expect(200).Body!["enablement"]!;
        Assert.True((bool)kept["recharge"]!);
        Assert.Equal(["subscription_created", "upcoming_charge_changed"], kept["customEvents"]!.AsArray().Select(name => (string)name!));

        await staff.Page.GetByLabel("Webhooks a second", new() { Exact = true }).FillAsync("20");
        await staff.Page.GetByLabel("Webhooks a second", new() { Exact = true }).BlurAsync();
        await staff.Button("Set quotas").ClickAsync();
        await staff.SeesAsync("Saved. It holds within moments.");
        Assert.Equal(20, (int)(await fixture.Operator.GetAsync("/api/v1/tenants/northern")).Expect(200).Body!["quotas"]!["webhooksPerSecond"]!);

        await staff.Button("Make a token").ClickAsync();
        await staff.Page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("Shop's reports");
        await staff.Page.GetByText("Administrator: reads and changes").ClickAsync();
        await staff.Button("Make it").ClickAsync();
        var token = await staff.Page.GetByLabel("Token", new() { Exact = true }).TextContentAsync();
        await staff.Button("I have copied it").ClickAsync();
        await staff.SeesAsync("Shop's reports");
        using (var program = new TestClient(fixture.Product.Address, token))
        {
            (await program.GetAsync("/api/v1/tenants/northern/accounts")).Expect(200);
            await staff.AssertAccessibleAsync();
            await staff.PictureAsync("staff-tenant");
            await staff.Button("Revoke Shop's reports").ClickAsync();
            await staff.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Revoke", Exact = true }).ClickAsync();
            await staff.SeesAsync("No program has a token.");
            (await program.GetAsync("/api/v1/tenants/northern/accounts")).Expect(401);
        }

        await staff.GoAsync("/staff/tenants");
        await staff.Field("Search name or id").FillAsync("snowb");
        await Assertions.Expect(staff.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(staff.Page.Locator("tbody tr")).ToContainTextAsync("2 of 5");
        await staff.AssertAccessibleAsync();
        await staff.PictureAsync("staff-tenants");

        // The tenant's log says what was done, and holds no token.
        await staff.GoAsync("/t/northern/settings/audit");
        foreach (var words in new[] { "Made the tenant", "Changed what is enabled", "Recharge on, events: subscription_created, upcoming_charge_changed", "Made an API token", "Revoked an API token", "Olga Operator" })
            await staff.SeesAsync(words);
        Assert.DoesNotContain(token!, await staff.Page.ContentAsync(), StringComparison.Ordinal);
        await staff.AssertAccessibleAsync();
        await staff.PictureAsync("audit");
    }

    [Fact]
    public async Task What_somebody_else_enabled_meanwhile_is_shown_and_not_overwritten()
    {
        var tenant = await fixture.AddTenantAsync(recharge: true, customEvents: ["subscription_created"]);
        await using var staff = await fixture.SignInStaffAsync();
        await staff.GoAsync($"/staff/tenants/{tenant.Id}");
        await staff.Field("upcoming_charge", exact: true).CheckAsync();
        await staff.SeesAsync("Not saved yet");
        (await fixture.Operator.PutAsync($"{tenant.Path}/enablement", new { recharge = false, customEvents = new[] { "subscription_cancelled" } })).Expect(200);
        await staff.Button("Save").ClickAsync();

        await staff.SeesAsync("Somebody else changed this meanwhile");
        await Assertions.Expect(staff.Field("subscription_cancelled", exact: true)).ToBeCheckedAsync();
        await Assertions.Expect(staff.Field("upcoming_charge", exact: true)).Not.ToBeCheckedAsync();
        await Assertions.Expect(staff.Button("Save")).ToBeDisabledAsync();
        Assert.False((bool)(await fixture.Operator.GetAsync(tenant.Path)).Expect(200).Body!["enablement"]!["recharge"]!);
    }

    [Fact]
    public async Task Staff_invite_each_other_and_the_staffs_log_says_so()
    {
        await using var staff = await fixture.SignInStaffAsync();
        await staff.GoAsync("/staff/people");
        await staff.Button("Invite somebody").ClickAsync();
        await staff.Field("Name").FillAsync("Paul Operator");
        var email = $"paul-{Guid.NewGuid():N}@hosting.test";
        await staff.Field("E-mail address").FillAsync(email);
        await staff.Page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        var link = (await staff.Page.GetByLabel("Link", new() { Exact = true }).TextContentAsync())!;
        await staff.Button("I have copied it").ClickAsync();
        await staff.SeesAsync(email);
        await staff.AssertAccessibleAsync();
        await staff.PictureAsync("staff-people");

        await using var paul = await fixture.OpenAsync();
        await paul.Page.GotoAsync(link);
        await paul.PictureAsync("welcome");
        await paul.AcceptAsync(link);
        await paul.GoAsync("/staff/audit");
        await paul.SeesAsync("Accepted the invitation and chose a password");
        await paul.SeesAsync("127.0.0.1");
        await paul.AssertAccessibleAsync();
        await paul.PictureAsync("staff-audit");
    }

    [Theory]
    [InlineData("administrator")]
    [InlineData("member")]
    public async Task For_others_there_are_no_staff_pages(string role)
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(tenant, role);

        foreach (var path in new[] { "/staff", "/Staff", "/staff/tenants", $"/staff/tenants/{tenant.Id}", "/staff/people", "/staff/audit", "/dashboard/", "/DASHBOARD/" })
        {
            Assert.Equal(404, await user.GoAsync(path));
            await user.SeesHeadingAsync("There is nothing here");
        }

        Assert.Equal(role == "administrator" ? 200 : 404, await user.GoAsync($"/t/{tenant.Id}/settings/audit"));
        Assert.Equal(role == "administrator" ? 200 : 404, await user.GoAsync($"/T/{tenant.Id}/Settings/Audit"));
    }

    [Theory]
    [InlineData("/staff/tenants/nobody")]
    [InlineData("/staff/tenants/Not_An_Id")]
    public async Task A_tenant_that_there_is_not_is_not_found(string path)
    {
        await using var staff = await fixture.SignInStaffAsync();

        Assert.Equal(404, await staff.GoAsync(path));
    }

    [Fact]
    public async Task Everything_fits_a_phone()
    {
        var connection = await fixture.AddConnectionAsync();
        await using var staff = await fixture.SignInStaffAsync(width: 390);
        foreach (var (path, name) in new[]
                 {
                     ("/staff", "staff"), ("/staff/tenants", "staff-tenants"), ($"/staff/tenants/{connection.Tenant.Id}", "staff-tenant"),
                     ("/staff/people", "staff-people"), ("/staff/audit", "staff-audit"), ($"/t/{connection.Tenant.Id}/settings/audit", "audit"),
                 })
        {
            await staff.GoAsync(path);
            await Assertions.Expect(staff.Page.Locator("tbody tr").First).ToBeVisibleAsync();
            await staff.AssertFitsAsync();
            await staff.PictureAsync($"{name}-phone");
        }
    }

    [Fact]
    public async Task The_dashboard_of_Orleans_draws_itself_for_staff()
    {
        await using var staff = await fixture.SignInStaffAsync();
        var answer = await staff.Page.GotoAsync("/dashboard/");

        Assert.Equal(200, answer!.Status);
        await staff.SeesAsync("Total Activations");
        await staff.PictureAsync("dashboard");
    }
}
