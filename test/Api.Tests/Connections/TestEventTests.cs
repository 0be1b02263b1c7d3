namespace RechargeGrains.Api.Tests.Connections;

/// <summary>Labelled test events: who may send which, and what Ometria and the delivery log make of them.</summary>
public sealed class TestEventTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private const string Email = "marketer@example.test";

    [Fact]
    public async Task Each_type_reaches_ometria_under_the_connections_own_name_labelled_and_without_a_contact()
    {
        var tenant = await fixture.AddTenantAsync();
        var connection = await tenant.ConnectAsync("2099-01-01", new { eventTypes = new { subscription_created = "tea_started" }, upcomingChargeDays = 5 });
        await connection.WaitForAsync(status => (string?)status["state"] == "active");
        string[] types = ["subscription_created", "subscription_cancelled", "subscription_activated", "upcoming_charge"];
        foreach (var type in types)
        {
            var sent = (await SendAsync(connection, type)).Expect(202).Body!;
            Assert.Equal(("waiting", true, Email), ((string?)sent["status"], (bool)sent["test"]!, (string?)sent["email"]));
        }

        var events = await connection.Ometria.WaitForEventsAsync(all => all.Count == types.Length, Patience.Long, TestContext.Current.CancellationToken);
        Assert.Equal(["tea_started", .. types[1..]], events.Select(told => told.EventType));
        Assert.All(events, told => Assert.Equal(("True", Email), (told.Text("test"), told.IdentityEmail)));
        Assert.All(events, told => Assert.StartsWith("test_", told.Id, StringComparison.Ordinal));
        Assert.All(events, told => Assert.InRange(told.Timestamp, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5)));
        Assert.Equal(("5", "Test product"), (events[3].Text("days_before"), events[0].Text("product_title")));
        Assert.Empty(connection.Ometria.Contacts);
        Assert.Empty(connection.Ometria.Violations);

        await tenant.Administrator.WaitForAsync($"{connection.Path}/deliveries?status=sent", list => list["deliveries"]!.AsArray().Count == types.Length);
        var lines = (await tenant.Administrator.GetAsync($"{connection.Path}/deliveries")).Expect(200).Body!["deliveries"]!.AsArray();
        Assert.All(lines, line => Assert.True((bool)line!["test"]!));
        // Nothing happened to anybody, and nothing counts.
        Assert.Equal(0, (long)(await connection.StatusAsync())["counters"]!["events"]!["sent"]!);
        Assert.Empty((await tenant.Administrator.GetAsync($"{connection.Path}/customers?email={Email}")).Expect(200).Body!["customers"]!.AsArray());
        var audit = (await tenant.Administrator.GetAsync($"{tenant.Path}/audit")).Expect(200);
        var noted = audit.Body!["entries"]!.AsArray().Where(entry => (string?)entry!["action"] == "test_event.sent").ToList();
        Assert.Equal(types.Reverse(), noted.Select(entry => (string?)entry!["target"]));
        Assert.DoesNotContain(Email, audit.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_refused_and_says_why()
    {
        var tenant = await fixture.AddTenantAsync(customEvents: ["subscription_created"]);
        var connection = await tenant.ConnectAsync("2099-01-01");
        await connection.WaitForAsync(status => (string?)status["state"] == "active");
        using var member = await tenant.AddMemberAsync();
        Assert.Equal("forbidden", (await member.PostAsync($"{connection.Path}/test-event", new { eventType = "subscription_created", email = Email })).Expect(403).Code);
        Assert.Equal("not_enabled", (await SendAsync(connection, "upcoming_charge")).Expect(409).Code);
        var wrong = (await SendAsync(connection, "subscription_paused", "nobody")).Expect(400);
        Assert.Equal(["email", "eventType"], wrong.Body!["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));
        Assert.Equal(404, (await tenant.Administrator.PostAsync($"{tenant.Path}/connections/con_none/test-event", new { eventType = "subscription_created", email = Email })).Status);

        await connection.ActAsync("pause");
        Assert.Equal("paused", (await SendAsync(connection, "subscription_created")).Expect(409).Code);
        await connection.ActAsync("resume");
        await connection.ActAsync("disconnect");
        Assert.Equal("disconnected", (await SendAsync(connection, "subscription_created")).Expect(409).Code);
        Assert.Empty(connection.Ometria.Events);
    }

    private static Task<ProductAnswer> SendAsync(TestConnection connection, string eventType, string email = Email) =>
        connection.Tenant.Administrator.PostAsync($"{connection.Path}/test-event", new { eventType, email });
}
