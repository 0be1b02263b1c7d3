using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>A connection's page: what it shows of itself, what administrators do there, and what members do not see.</summary>
public sealed class ConnectionPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private const string Email = "marketer@example.test";

    [Fact]
    public async Task Events_show_in_the_chart_and_the_table_without_reloading()
    {
        var tenant = await fixture.AddTenantAsync(customEvents: ["subscription_created", "subscription_cancelled"]);
        var connection = await tenant.ConnectAsync("2099-01-01");
        await connection.WaitForAsync(status => (string?)status["state"] == "active");
        await using var user = await OpenAsync(connection);
        await user.SeesAsync("Everything works");
        await user.SeesAsync("No event has been sent in the last 24 hours.");
        var store = fixture.Sandbox.Store;
        var told = Enumerable.Range(0, 3).Select(_ => store.CreateSubscription(store.AddCustomer().Id)).ToList();
        store.Cancel(told[0].Id);

        await user.SeesAsync("4 events: 1 subscription_cancelled, 3 subscription_created.");
        await Assertions.Expect(user.Page.GetByRole(AriaRole.Img, new() { Name = "Events hour by hour, by type" })).ToBeVisibleAsync();
        await user.PictureAsync("connection");
        await user.AssertAccessibleAsync();
        await user.Page.GetByRole(AriaRole.Radio, new() { Name = "by outcome" }).CheckAsync();
        await user.SeesAsync("4 events: 4 Sent.");
        await user.Text("The same as a table").ClickAsync();
        await Assertions.Expect(user.Page.GetByRole(AriaRole.Region, new() { Name = "Events by hour" })).ToContainTextAsync("Sent");
        await user.Page.SetViewportSizeAsync(390, 844);
        await user.AssertFitsAsync();
        await user.PictureAsync("connection-phone");
        await user.GoAsync($"/t/{tenant.Id}/settings/connections");
        await user.SeesAsync("Everything works");
        await user.AssertFitsAsync();
        await user.Page.SetViewportSizeAsync(1280, 900);
        await user.GoAsync($"/t/{tenant.Id}/settings/connections");
        await user.PictureAsync("connections");
        await user.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Pausing_resuming_and_syncing_take_effect_and_are_written_down()
    {
        var connection = await fixture.AddConnectionAsync("2099-01-01");
        await using var user = await OpenAsync(connection);
        await user.Button("Pause").ClickAsync();
        await user.SeesAsync("Paused: webhooks are taken and kept");
        Assert.Equal("paused", (string?)(await connection.StatusAsync())["state"]);
        await Assertions.Expect(user.Button("Send a test event")).ToBeDisabledAsync();
        await user.AssertAccessibleAsync();

        await user.Button("Resume").ClickAsync();
        await user.SeesAsync("Everything works");
        await user.Button("Sync now").ClickAsync();
        await user.SeesAsync("The daily sync runs now.");
        await connection.WaitForAsync(status => status["lastDailySync"]?["finishedAt"] is not null);
        await user.SeesAsync("changed customer");
        await user.Button("Compare now").ClickAsync();
        await user.SeesAsync("Everything is compared with Recharge now.");
        await user.Button("Import again").ClickAsync();
        await user.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Import again" }).ClickAsync();
        await user.SeesAsync("The last import of everything once more finished");

        var audit = (await connection.Tenant.Administrator.GetAsync($"{connection.Tenant.Path}/audit")).Expect(200).Body!["entries"]!.AsArray();
        Assert.Equal(
            ["connection.import", "connection.reconcile", "connection.sync", "connection.resume", "connection.pause", "connection.made"],
            audit.Where(entry => (string?)entry!["target"] == connection.Id).Select(entry => (string?)entry!["action"]));
    }

    [Fact]
    public async Task A_test_event_of_each_type_reaches_ometria_labelled()
    {
        var connection = await fixture.AddConnectionAsync("2099-01-01", new { eventTypes = new { subscription_created = "tea_started" } });
        string[] types = ["tea_started", "subscription_cancelled", "subscription_activated", "upcoming_charge"];
        await using var user = await OpenAsync(connection);
        foreach (var type in types)
        {
            await user.Button("Send a test event").ClickAsync();
            var dialog = user.Page.GetByRole(AriaRole.Dialog);
            await dialog.GetByRole(AriaRole.Radio, new() { Name = type }).CheckAsync();
            await dialog.GetByLabel("E-mail address").FillAsync("nobody");
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
            await user.SeesAsync("This is no e-mail address.");
            await dialog.GetByLabel("E-mail address").FillAsync(Email);
            if (type == types[0])
            {
                await user.Page.Keyboard.PressAsync("Tab");
                await Assertions.Expect(user.Text("This is no e-mail address.")).ToBeHiddenAsync();
                await user.PictureAsync("connection-test-event");
                await user.AssertAccessibleAsync();
            }

            await dialog.GetByRole(AriaRole.Button, new() { Name = "Send it" }).ClickAsync();
            await Assertions.Expect(dialog).ToBeHiddenAsync();
        }

        var events = await connection.Ometria.WaitForEventsAsync(all => all.Count == types.Length, Patience.Long, TestContext.Current.CancellationToken);
        Assert.Equal(types, events.Select(told => told.EventType));
        Assert.All(events, told => Assert.Equal(("True", Email), (told.Text("test"), told.IdentityEmail)));
        await user.SeesAsync("4 events: ");
        await user.Link("Delivery log").ClickAsync();
        await Assertions.Expect(user.Page.Locator("tbody tr").GetByText("Test", new() { Exact = true })).ToHaveCountAsync(4);
    }

    [Fact]
    public async Task Disconnecting_says_what_ends_and_what_stays_and_has_to_be_confirmed()
    {
        var connection = await fixture.AddConnectionAsync("2099-01-01");
        await using var user = await OpenAsync(connection);
        await user.Button("Disconnect").ClickAsync();
        var dialog = user.Page.GetByRole(AriaRole.Dialog);
        var disconnect = dialog.GetByRole(AriaRole.Button, new() { Name = "Disconnect", Exact = true });
        await Assertions.Expect(disconnect).ToBeDisabledAsync();
        await user.SeesAsync("What stays");
        await user.PictureAsync("connection-disconnect");
        await user.AssertAccessibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Keep it connected" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        Assert.Equal("active", (string?)(await connection.StatusAsync())["state"]);

        await user.Button("Disconnect").ClickAsync();
        await dialog.GetByRole(AriaRole.Checkbox).CheckAsync();
        await disconnect.ClickAsync();
        await user.SeesAsync("Disconnected: nothing is read or sent any more.");
        await connection.WaitForAsync(_ => connection.Registrations.Count == 0);
        await Assertions.Expect(user.Page.GetByRole(AriaRole.Group, new() { Name = "Actions" })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Refused_events_lead_to_the_delivery_log_narrowed_to_them()
    {
        var connection = await fixture.AddConnectionAsync("2099-01-01");
        var id = HookBody.NewId();
        fixture.Sandbox.Faults.Ometria.PoisonWhen = record => record.GetProperty("id").GetString()!.Contains($"-{id}-", StringComparison.Ordinal);
        await using var user = await OpenAsync(connection);
        foreach (var one in new[] { id, HookBody.NewId() })
            Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(one, DateTimeOffset.UtcNow)));
        await user.SeesAsync("Events that Ometria refused one by one: 1.");
        fixture.Sandbox.Faults.Ometria.Clear();
        await user.Link("Open the delivery log").First.ClickAsync();
        await Assertions.Expect(user.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await user.SeesAsync(HookBody.EmailOf(id));
    }

    [Fact]
    public async Task A_refused_key_is_a_problem_whose_remedy_is_at_hand()
    {
        var connection = await fixture.AddConnectionAsync("2099-01-01");
        await using var user = await OpenAsync(connection);
        fixture.Sandbox.OmetriaAccounts.RevokeKey(connection.Tenant.OmetriaKey);
        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(HookBody.NewId(), DateTimeOffset.UtcNow)));
        await user.SeesAsync("Ometria refuses the API key.");
        await user.SeesAsync("Something needs you before it can go on.");
        await user.PictureAsync("connection-problem");
        await user.AssertAccessibleAsync();

        await user.Page.GetByRole(AriaRole.Region, new() { Name = "Problems" }).GetByRole(AriaRole.Button, new() { Name = "Replace the Ometria key" }).ClickAsync();
        await user.SeesAsync("is checked first");
        await user.AssertAccessibleAsync();
        const string NewKey = "another_ometria_key_Nk42";
        fixture.Sandbox.OmetriaAccounts.AddKey(NewKey, connection.Ometria);
        var dialog = user.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Ometria API key").FillAsync(NewKey);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Replace the key" }).ClickAsync();
        await user.SeesAsync("Everything works");
        await Assertions.Expect(user.Text("Ometria refuses the API key.")).ToBeHiddenAsync();
        Assert.DoesNotContain(NewKey, await user.Page.ContentAsync(), StringComparison.Ordinal);
        await user.SeesAsync("Nk42");
    }

    [Fact]
    public async Task A_member_sees_everything_but_keys_and_can_change_nothing()
    {
        var connection = await fixture.AddConnectionAsync("2099-01-01");
        await using var user = await fixture.SignInAsync(connection.Tenant, "member");
        await user.GoAsync(PageOf(connection));
        await user.SeesAsync("Everything works");
        await user.SeesAsync("Webhooks at Recharge");
        Assert.Equal(0, await user.Page.GetByRole(AriaRole.Group, new() { Name = "Actions" }).CountAsync());
        Assert.Equal(0, await user.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Pause|Sync|Compare|Import|test|Replace|Disconnect") }).CountAsync());
        var shown = await user.Page.ContentAsync();
        Assert.DoesNotContain("key ending in", shown, StringComparison.Ordinal);
        Assert.DoesNotContain(connection.Tenant.OmetriaKey[^4..], shown, StringComparison.Ordinal);
        Assert.DoesNotContain(connection.Tenant.RechargeToken[^4..], shown, StringComparison.Ordinal);
        await user.AssertAccessibleAsync();
    }

    [Fact]
    public async Task A_connection_that_there_is_not_and_another_tenants_are_not_found()
    {
        var connection = await fixture.AddConnectionAsync("2099-01-01");
        var other = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(other);
        Assert.Equal(404, (await user.Page.GotoAsync($"/t/{other.Id}/connections/con_none"))!.Status);
        Assert.Equal(404, (await user.Page.GotoAsync($"/t/{other.Id}/connections/{connection.Id}"))!.Status);
        Assert.Equal(404, (await user.Page.GotoAsync(PageOf(connection)))!.Status);
    }

    [Fact]
    public async Task A_tab_that_nobody_looks_at_is_brought_up_to_date_once_somebody_does()
    {
        const string Look = "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true }); document.dispatchEvent(new Event('visibilitychange')); }";
        var connection = await fixture.AddConnectionAsync("2099-01-01");
        await using var user = await OpenAsync(connection);
        await user.SeesAsync("Everything works");
        await user.Page.EvaluateAsync(Look, true);
        await connection.ActAsync("pause");
        await user.Page.EvaluateAsync(Look, false);
        await user.SeesAsync("Paused: webhooks are taken and kept");
    }

    private static string PageOf(TestConnection connection) => $"/t/{connection.Tenant.Id}/connections/{connection.Id}";

    private async Task<BrowserUser> OpenAsync(TestConnection connection)
    {
        var user = await fixture.SignInAsync(connection.Tenant);
        Assert.Equal(200, await user.GoAsync(PageOf(connection)));
        return user;
    }
}
