namespace RechargeGrains.Api.Tests.Hooks;

/// <summary>Power cuts while webhooks pour in. Recharge sends again what was not answered, on a schedule pressed from 48 hours into minutes.</summary>
public sealed class WebhookCrashTests(WebhookCrashTests.Fixture fixture) : IClassFixture<WebhookCrashTests.Fixture>
{
    private const int NewCustomers = 500;

    [Fact]
    public async Task Kills_while_webhooks_pour_in_lose_double_and_misorder_nothing()
    {
        var (sandbox, store) = (fixture.Sandbox, fixture.Sandbox.Store);
        var tenant = await fixture.AddTenantAsync(customEvents: ["subscription_created", "subscription_cancelled", "subscription_activated"]);
        var connection = await tenant.ConnectAsync();
        await connection.WaitForAsync(status => (string?)status["state"] == "active");

        var fresh = Enumerable.Range(0, NewCustomers).Select(_ => store.CreateSubscription(store.AddCustomer().Id)).ToList();
        foreach (var subscription in fresh.Take(NewCustomers / 2))
            store.Cancel(subscription.Id);
        await KillAfterAsync(delivered: NewCustomers / 4);
        // The restart took longer than the second in which times at Recharge are counted, so these are transitions of their own.
        foreach (var subscription in fresh.Take(NewCustomers / 4))
            store.Activate(subscription.Id);
        await KillAfterAsync(delivered: NewCustomers / 4);
        foreach (var subscription in fresh.Skip(NewCustomers / 2))
            store.UpdateQuantity(subscription.Id, 3);
        await KillAfterAsync(delivered: NewCustomers / 4);

        var happened = NewCustomers + (NewCustomers / 2) + (NewCustomers / 4);
        await sandbox.Ometria.WaitForEventsAsync(events => events.Count >= happened, Patience.Long, TestContext.Current.CancellationToken);
        await sandbox.Webhooks.WaitForAsync(
            all => all.All(delivery => delivery.State == WebhookState.Delivered), Patience.Long, TestContext.Current.CancellationToken);
        await connection.WaitForAsync(status => (long)status["counters"]!["events"]!["waiting"]! == 0);
        await connection.SyncAsync();

        var proof = Proof.Of(sandbox, since: -1, DateTimeOffset.MinValue, upcomingUntil: null);
        Assert.Empty(proof.Faults);
        Assert.Contains(new ProofLine("subscription_created", NewCustomers, NewCustomers), proof.Lines);
        Assert.Contains(new ProofLine("subscription_cancelled", NewCustomers / 2, NewCustomers / 2), proof.Lines);
        Assert.Contains(new ProofLine("subscription_activated", NewCustomers / 4, NewCustomers / 4), proof.Lines);
        // The kills hit: some webhook was not answered the first time.
        Assert.Contains(sandbox.Webhooks.Deliveries, delivery => delivery.Attempts.Count > 1);
    }

    /// <summary>
    /// Waits until so many more webhooks were answered, kills the product, and starts it again. A push that is under way in that moment
    /// would be an answer lost, which Ometria sees twice whoever sends it, so pushes wait at Ometria's door meanwhile.
    /// </summary>
    private async Task KillAfterAsync(int delivered)
    {
        var stopping = TestContext.Current.CancellationToken;
        var sandbox = fixture.Sandbox;
        int Delivered(IEnumerable<WebhookDelivery> all) => all.Count(delivery => delivery.State == WebhookState.Delivered);
        var before = Delivered(sandbox.Webhooks.Deliveries);
        sandbox.Faults.Ometria.HoldRequests();
        await sandbox.Webhooks.WaitForAsync(all => Delivered(all) >= before + delivered, Patience.Long, stopping);
        await sandbox.Faults.Ometria.WaitForHeldAsync(1, Patience.Long, stopping);
        await fixture.KillAsync();
        sandbox.Faults.Ometria.ReleaseRequests();
        await fixture.StartAsync();
    }

    public sealed class Fixture : ProductFixture
    {
        protected override void Configure(SandboxOptions options)
        {
            options.Customers = 100;
            options.WebhookRetryScale = 0.0005;
            // Each new customer is read once, which would take minutes at 2 calls a second.
            options.BucketSize = 2_000;
            options.LeakPerSecond = 100;
        }
    }
}
