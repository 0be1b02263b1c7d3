namespace RechargeGrains.Api.Tests.Tenants;

/// <summary>What a tenant may take, and what becomes of more.</summary>
public sealed class QuotaTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Staff_set_quotas_for_one_tenant_and_all_of_it_can_be_seen()
    {
        var tenant = await fixture.AddTenantAsync();
        var other = await fixture.AddTenantAsync();

        Assert.Equal(403, (await tenant.Administrator.PutAsync($"{tenant.Path}/quotas", new { connections = 400 })).Status);
        Assert.Equal(404, (await fixture.Operator.PutAsync("/api/v1/tenants/nobody/quotas", new { })).Status);
        var wrong = (await fixture.Operator.PutAsync($"{tenant.Path}/quotas", new { connections = 501, webhooksPerSecond = 0, backlog = -1 })).Expect(400);
        Assert.Equal(["backlog", "connections", "webhooksPerSecond"], wrong.Body!["errors"]!.AsObject().Select(error => error.Key).Order(StringComparer.Ordinal));

        var set = (await fixture.Operator.PutAsync($"{tenant.Path}/quotas", new { webhooksPerSecond = 20 })).Expect(200);

        Assert.Equal("500 20 1000000", TextOf(set.Body!));
        var shown = (await tenant.Administrator.GetAsync(tenant.Path)).Expect(200).Body!;
        Assert.Equal(("500 20 1000000", " 20 "), (TextOf(shown["quotas"]!), TextOf(shown["ownQuotas"]!)));
        Assert.Equal("500 10000 1000000", TextOf((await fixture.Operator.GetAsync(other.Path)).Expect(200).Body!["quotas"]!));
        var audit = (await tenant.Administrator.GetAsync($"{tenant.Path}/audit")).Expect(200).Text;
        Assert.Contains("connections as for everybody, webhooks a second 20, events that wait as for everybody", audit, StringComparison.Ordinal);

        // What is switched on is another matter and leaves them alone.
        (await fixture.Operator.PutAsync($"{tenant.Path}/enablement", new { recharge = true, customEvents = Array.Empty<string>() })).Expect(200);
        Assert.Equal("500 20 1000000", TextOf((await fixture.Operator.GetAsync(tenant.Path)).Expect(200).Body!["quotas"]!));
    }

    [Fact]
    public async Task Only_connections_in_use_count()
    {
        var connection = await fixture.AddConnectionAsync();
        var tenant = connection.Tenant;
        (await fixture.Operator.PutAsync($"{tenant.Path}/quotas", new { connections = 1 })).Expect(200);
        fixture.Sandbox.OmetriaAccounts.AddAccount($"{tenant.Id}-second", $"{tenant.OmetriaKey}-second");
        var second = (await tenant.AddOmetriaAsync($"{tenant.OmetriaKey}-second", "Second")).Expect(201).Field("accountId")!;

        Assert.Equal("too_many_connections", (await tenant.PostConnectionAsync(second, connection.RechargeAccountId)).Expect(409).Code);

        await connection.ActAsync("disconnect");
        (await tenant.PostConnectionAsync(second, connection.RechargeAccountId)).Expect(201);
    }

    [Fact]
    public async Task Webhooks_beyond_the_quota_are_sent_again_and_the_connection_says_so()
    {
        var connection = await fixture.AddConnectionAsync();
        var other = await fixture.AddConnectionAsync();
        (await fixture.Operator.PutAsync($"{connection.Tenant.Path}/quotas", new { webhooksPerSecond = 1 })).Expect(200);

        // The front door knows of it within two seconds, and lets ten at one go in.
        var status = 200;
        while (status == 200)
            status = await PostAsync(connection);

        Assert.Equal(503, status);
        Assert.Equal(200, await PostAsync(other));
        var told = await connection.WaitForAsync(shown => ProblemOf(shown) is not null);
        Assert.Contains("more than 1 a second: ", (string)ProblemOf(told)!["message"]!, StringComparison.Ordinal);
        Assert.Null(ProblemOf(await other.StatusAsync()));
        Assert.True((await Scrape.ReadAsync(fixture.Product.Address)).Value("recharge_webhooks_total", ("outcome", "over_quota")) > 0);
        // Recharge tries again later, and then there is room.
        while (await PostAsync(connection) is not 200 and var again)
            Assert.Equal(503, again);
    }

    [Fact]
    public async Task When_as_much_waits_as_may_webhooks_are_turned_away_until_it_is_sent()
    {
        const int Backlog = 5;
        var connection = await fixture.AddConnectionAsync();
        (await fixture.Operator.PutAsync($"{connection.Tenant.Path}/quotas", new { backlog = Backlog })).Expect(200);
        await connection.ActAsync("pause");

        for (var i = 0; i < Backlog; i++)
            Assert.Equal(200, await PostAsync(connection));
        Assert.Equal(503, await PostAsync(connection));
        var full = await connection.StatusAsync();
        Assert.Equal(Backlog, (long)full["counters"]!["events"]!["waiting"]!);
        Assert.Contains($"nearly all of the {Backlog} that may", (string)ProblemOf(full)!["message"]!, StringComparison.Ordinal);

        await connection.ActAsync("resume");
        await connection.WaitForAsync(shown => (long)shown["counters"]!["events"]!["waiting"]! == 0);
        Assert.Equal(200, await PostAsync(connection));
        Assert.Null(ProblemOf(await connection.StatusAsync()));
    }

    private static Task<int> PostAsync(TestConnection connection) =>
        connection.PostHookAsync("subscription/created", HookBody.Created(HookBody.NewId(), DateTimeOffset.UtcNow));

    private static JsonNode? ProblemOf(JsonNode status) => status["problems"]!.AsArray().SingleOrDefault(problem => (string?)problem!["code"] == "quota_reached");

    private static string TextOf(JsonNode quotas) => $"{quotas["connections"]} {quotas["webhooksPerSecond"]} {quotas["backlog"]}";
}
