namespace RechargeGrains.Api.Tests.Limits;

/// <summary>The running program and those who send so slowly that a connection of theirs would last for ever.</summary>
public sealed class SlowSenderTests(LimitFixture fixture) : IClassFixture<LimitFixture>
{
    /// <summary>Two of three send bodies to one connection, of which 64 are worked on at once.</summary>
    private const int Each = 30;

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Slow_senders_are_hung_up_on_and_leave_nothing_behind_while_others_are_served()
    {
        var attacked = await fixture.AddConnectionAsync();
        var other = await fixture.AddConnectionAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        limit.CancelAfter(Patience.Long);

        // Twice, nearly as many as there are places: what the first ones held is free again.
        for (var round = 0; round < 2; round++)
        {
            var senders = await Task.WhenAll(Enumerable.Range(0, 3 * Each).Select(_ => SlowSender.ConnectAsync(fixture.Product.Address)));
            var slow = Task.WhenAll(senders.Select((sender, number) => (number % 3) switch
            {
                0 => sender.SendAsync("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", 1, limit.Token),
                1 => sender.SendAsync(HeadOf(attacked, 100_000), 1, limit.Token),
                // Fast enough for the server, and too slow all the same.
                _ => sender.SendAsync(HeadOf(attacked, 100_000), 1_000, limit.Token),
            }));
            do
            {
                Assert.Equal(200, await PostAsync(other));
                (await fixture.Operator.GetAsync("/api/v1/tenants")).Expect(200);
            }
            while (!slow.IsCompleted);
            foreach (var sender in senders)
                sender.Dispose();

            Assert.All(await slow, status => Assert.Contains(status, new[] { 0, 408 }));
            Assert.Equal(200, await PostAsync(attacked));
        }
    }

    [Fact]
    public async Task A_slow_body_of_the_api_is_not_waited_for()
    {
        using var sender = await SlowSender.ConnectAsync(fixture.Product.Address);

        var status = await sender.SendAsync(
            $"POST /api/v1/tenants HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {fixture.Operator.Token}\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n\"",
            1_000,
            Stopping);

        Assert.Equal(408, status);
    }

    [Fact]
    public async Task More_connections_than_may_be_are_closed_and_those_there_are_served()
    {
        (await fixture.Operator.GetAsync("/api/v1/tenants")).Expect(200);
        var senders = await Task.WhenAll(Enumerable.Range(0, LimitFixture.MaxConnections).Select(_ => SlowSender.ConnectAsync(fixture.Product.Address)));
        using var late = await SlowSender.ConnectAsync(fixture.Product.Address);

        Assert.True(await late.IsClosedAsync(Stopping));
        (await fixture.Operator.GetAsync("/api/v1/tenants")).Expect(200);

        foreach (var sender in senders)
            sender.Dispose();
        using var anew = new TestClient(fixture.Product.Address, fixture.Operator.Token);
        ProductAnswer? answer = null;
        while (answer?.Status != 200)
            answer = await TryAsync(() => anew.GetAsync("/api/v1/tenants"));
    }

    private static async Task<ProductAnswer?> TryAsync(Func<Task<ProductAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        catch (HttpRequestException)
        {
            // The product has yet to notice that the others are gone.
            await Task.Delay(50, Stopping);
            return null;
        }
    }

    private static string HeadOf(TestConnection connection, int length) =>
        $"POST {new Uri(connection.HookAddress).AbsolutePath}/subscription/created HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n";

    private static Task<int> PostAsync(TestConnection connection) =>
        connection.PostHookAsync("subscription/created", HookBody.Created(HookBody.NewId(), DateTimeOffset.UtcNow));
}
