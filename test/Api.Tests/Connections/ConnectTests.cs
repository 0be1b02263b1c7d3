namespace RechargeGrains.Api.Tests.Connections;

/// <summary>What keeps two accounts from being connected.</summary>
public sealed class ConnectTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_tenant_without_recharge_enabled_cannot_connect()
    {
        var tenant = await fixture.AddTenantAsync(recharge: false);
        var (ometria, recharge) = await AddAccountsAsync(tenant);

        Assert.Equal("not_enabled", (await tenant.PostConnectionAsync(ometria, recharge)).Expect(409).Code);

        await AssertNotConnectedAsync(tenant);
    }

    [Fact]
    public async Task Events_that_are_not_enabled_cannot_be_chosen()
    {
        var tenant = await fixture.AddTenantAsync(customEvents: ["subscription_created"]);
        var (ometria, recharge) = await AddAccountsAsync(tenant);

        var refused = (await tenant.PostConnectionAsync(ometria, recharge, more: new { customEvents = new[] { "subscription_created", "upcoming_charge" } })).Expect(409);
        Assert.Equal("not_enabled", refused.Code);
        Assert.Contains("upcoming_charge", refused.Field("detail"), StringComparison.Ordinal);
        await AssertNotConnectedAsync(tenant);

        var taken = (await tenant.PostConnectionAsync(ometria, recharge)).Expect(201);
        Assert.Equal(["subscription_created"], taken.Body!["customEvents"]!.AsArray().Select(name => (string)name!));
    }

    [Fact]
    public async Task Two_accounts_are_connected_once()
    {
        var tenant = await fixture.AddTenantAsync();
        var (ometria, recharge) = await AddAccountsAsync(tenant);
        var made = (await tenant.PostConnectionAsync(ometria, recharge)).Expect(201);

        Assert.Equal("already_connected", (await tenant.PostConnectionAsync(ometria, recharge, "2025-01-01")).Expect(409).Code);

        Assert.Equal("importing", made.Field("state"));
        var list = (await tenant.Administrator.GetAsync($"{tenant.Path}/connections")).Expect(200).Body!["connections"]!.AsArray();
        Assert.Equal(made.Field("connectionId"), (string?)Assert.Single(list)!["connectionId"]);
    }

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"2022-13-01\"")]
    [InlineData("\"2022-02-30\"")]
    [InlineData("\"1999-12-31\"")]
    [InlineData("\"01/02/2022\"")]
    [InlineData("\"2022-01-01T25:00:00Z\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("1640995200")]
    public async Task A_start_date_that_is_none_is_named_in_the_answer(string startDate)
    {
        var tenant = await fixture.AddTenantAsync();

        var body = $$"""{"ometriaAccountId":"a","rechargeAccountId":"b","customersStartDate":{{startDate}}}""";
        var answer = (await tenant.Administrator.PostTextAsync($"{tenant.Path}/connections", body)).Expect(400);

        Assert.Equal("invalid_request", answer.Code);
        Assert.NotEmpty(answer.Body!["errors"]!["customersStartDate"]!.AsArray());
    }

    [Theory]
    [InlineData("ometriaAccountId", """{"ometriaAccountId":"acc_none"}""")]
    [InlineData("rechargeAccountId", """{"rechargeAccountId":"acc_none"}""")]
    [InlineData("rechargeAccountId", """{"rechargeAccountId":null}""")]
    [InlineData("upcomingChargeDays", """{"upcomingChargeDays":0}""")]
    [InlineData("upcomingChargeDays", """{"upcomingChargeDays":61}""")]
    [InlineData("customEvents", """{"customEvents":["subscription_paused"]}""")]
    [InlineData("lateEvents", """{"lateEvents":"sometimes"}""")]
    [InlineData("eventTypes", """{"eventTypes":{"upcoming_charge":"a name that is longer than thirty-one"}}""")]
    [InlineData("eventTypes", """{"eventTypes":{"upcoming_charge":"same","subscription_created":"same"}}""")]
    [InlineData("eventTypes", """{"eventTypes":{"paused":"x"}}""")]
    public async Task A_request_that_breaks_a_rule_is_answered_with_its_field(string field, string more)
    {
        var tenant = await fixture.AddTenantAsync();
        var (ometria, recharge) = await AddAccountsAsync(tenant);

        var answer = (await tenant.PostConnectionAsync(ometria, recharge, more: JsonNode.Parse(more))).Expect(400);

        Assert.Equal("invalid_request", answer.Code);
        Assert.NotEmpty(answer.Body!["errors"]![field]!.AsArray());
        await AssertNotConnectedAsync(tenant);
    }

    [Fact]
    public async Task A_renamed_event_reaches_ometria_under_its_new_name()
    {
        var connection = await fixture.AddConnectionAsync(more: new { eventTypes = new { subscription_created = "coffee_ordered" } });
        var id = HookBody.NewId();

        Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));

        Assert.Equal("coffee_ordered", Assert.Single(await connection.WaitForEventsOfAsync(id, 1)).EventType);
    }

    private static async Task<(string Ometria, string Recharge)> AddAccountsAsync(TestTenant tenant) =>
        ((await tenant.AddOmetriaAsync()).Expect(201).Field("accountId")!, (await tenant.AddRechargeAsync()).Expect(201).Field("accountId")!);

    private static async Task AssertNotConnectedAsync(TestTenant tenant) =>
        Assert.Empty((await tenant.Administrator.GetAsync($"{tenant.Path}/connections")).Expect(200).Body!["connections"]!.AsArray());
}
