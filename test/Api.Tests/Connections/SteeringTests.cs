namespace RechargeGrains.Api.Tests.Connections;

/// <summary>Pausing, resuming and disconnecting.</summary>
public sealed class SteeringTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_paused_connection_keeps_events_and_a_resumed_one_sends_them_once()
    {
        var connection = await fixture.AddConnectionAsync();
        await connection.ActAsync("pause");
        var ids = Enumerable.Range(0, 5).Select(_ => HookBody.NewId()).ToList();
        foreach (var id in ids)
            Assert.Equal(200, await connection.PostHookAsync("subscription/created", HookBody.Created(id, DateTimeOffset.UtcNow)));

        var paused = await connection.StatusAsync();
        Assert.Equal("paused", (string?)paused["state"]);
        Assert.Equal(5, (long)paused["counters"]!["events"]!["waiting"]!);
        Assert.Empty(connection.Ometria.Events);
        await fixture.KillAndStartAsync();
        Assert.Equal(5, (long)(await connection.StatusAsync())["counters"]!["events"]!["waiting"]!);
        Assert.Empty(connection.Ometria.Events);

        await connection.ActAsync("resume");
        var status = await connection.WaitForAsync(status => (long)status["counters"]!["events"]!["waiting"]! == 0);
        Assert.Equal("active", (string?)status["state"]);
        Assert.Equal(
            ids.Select(id => id.ToString(CultureInfo.InvariantCulture)),
            connection.Ometria.Events.Select(told => told.Text("subscription_id")!));
        Assert.Empty(connection.Ometria.Duplicates());
    }

    [Fact]
    public async Task A_disconnected_connection_takes_its_own_webhooks_away_and_no_others()
    {
        var connection = await fixture.AddConnectionAsync();
        var hook = connection.Registrations[0].Address;
        Assert.Equal(200, await PostAsync(hook, connection.Tenant));
        // Another integration of the same token.
        using var recharge = new HttpClient();
        recharge.DefaultRequestHeaders.Add("X-Recharge-Access-Token", connection.Tenant.RechargeToken);
        recharge.DefaultRequestHeaders.Add("X-Recharge-Version", "2021-11");
        using var content = new StringContent("""{"address":"https://elsewhere.example.test/hooks/recharge/x","topic":"subscription/created"}""", Encoding.UTF8, "application/json");
        using var made = await recharge.PostAsync($"{fixture.Sandbox.RechargeUrl}/webhooks", content, TestContext.Current.CancellationToken);
        Assert.True(made.IsSuccessStatusCode);
        var ours = connection.Registrations.Count(registration => registration.Address.StartsWith(fixture.Product.Settings.Url, StringComparison.Ordinal));
        Assert.Equal(ours + 1, connection.Registrations.Count);

        await connection.ActAsync("disconnect");
        var status = await connection.WaitForAsync(_ => connection.Registrations.Count == 1);

        Assert.Equal("https://elsewhere.example.test/hooks/recharge/x", connection.Registrations[0].Address);
        Assert.Equal("disconnected", (string?)status["state"]);
        await connection.WaitForAsync(status => (string?)status["webhooks"]!["state"] == "not_registered");
        await WaitUntilGoneAsync(hook, connection.Tenant);
        Assert.Equal("disconnected", (await connection.Tenant.Administrator.PostAsync($"{connection.Path}/sync")).Expect(409).Code);
        // The accounts are free again.
        (await connection.Tenant.PostConnectionAsync(connection.OmetriaAccountId, connection.RechargeAccountId)).Expect(201);
    }

    /// <summary>The front door remembers a connection for two seconds.</summary>
    private static async Task WaitUntilGoneAsync(string hook, TestTenant tenant)
    {
        using var limit = new CancellationTokenSource(Patience.Short);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await PostAsync(hook, tenant) is var status && status != 404)
        {
            Assert.Equal(200, status);
            await pace.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task<int> PostAsync(string hook, TestTenant tenant)
    {
        var body = "{\"subscription\":{}}"u8.ToArray();
        using var request = new HttpRequestMessage(HttpMethod.Post, hook) { Content = new ByteArrayContent(body) };
        Signed.Both(tenant.ClientSecret).Sign(request, body);
        using var http = new HttpClient();
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }
}
