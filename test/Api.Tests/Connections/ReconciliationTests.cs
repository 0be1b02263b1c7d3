namespace RechargeGrains.Api.Tests.Connections;

/// <summary>Webhooks that never came, and what finds out.</summary>
public sealed class ReconciliationTests(ReconciliationTests.Fixture fixture) : IClassFixture<ReconciliationTests.Fixture>
{
    [Fact]
    public async Task What_no_webhook_told_is_found_told_once_and_counted()
    {
        var store = fixture.Sandbox.Store;
        var (stays, leaves, joins) = (store.AddCustomer(), store.AddCustomer(), store.AddCustomer());
        store.CreateSubscription(stays.Id);
        var cancelled = store.CreateSubscription(leaves.Id);
        var returning = store.CreateSubscription(leaves.Id);
        store.Cancel(returning.Id);
        var connection = await fixture.AddConnectionAsync();
        await BeginningIsOverAsync(connection);

        var created = await WithoutWebhooksAsync(async () =>
        {
            store.Cancel(cancelled.Id);
            store.Activate(returning.Id);
            var created = store.CreateSubscription(joins.Id);
            await fixture.Sandbox.Webhooks.DrainAsync(Patience.Short, TestContext.Current.CancellationToken);
            return created;
        });
        var before = (Found: await MetricAsync("recharge_drift_found"), Repaired: await MetricAsync("recharge_drift_repaired"));
        var drift = await CompareAsync(connection);

        Assert.Equal((2, 2), ((long)drift["found"]!, (long)drift["repaired"]!));
        Assert.Equal(before.Found + 2, await MetricAsync("recharge_drift_found"));
        Assert.Equal(before.Repaired + 2, await MetricAsync("recharge_drift_repaired"));
        Assert.Equal("subscription_cancelled", Assert.Single(await connection.WaitForEventsOfAsync(cancelled.Id, 1)).EventType);
        Assert.Equal("subscription_activated", Assert.Single(await connection.WaitForEventsOfAsync(returning.Id, 1)).EventType);
        Assert.Equal("subscription_created", Assert.Single(await connection.WaitForEventsOfAsync(created.Id, 1)).EventType);

        // The webhooks come after all, hours late.
        foreach (var lost in fixture.Sandbox.Webhooks.Deliveries.Where(delivery => delivery.State == WebhookState.Lost).ToList())
            fixture.Sandbox.Webhooks.SendAgain(lost);
        await fixture.Sandbox.Webhooks.DrainAsync(Patience.Short, TestContext.Current.CancellationToken);
        Assert.Equal(0, (long)(await CompareAsync(connection))["found"]!);
        await connection.SyncAsync();
        Assert.Equal(3, connection.Ometria.Events.Count);
        Assert.Equal((2, 1), Numbers(connection, leaves.Id));
        Assert.Equal((1, 1), Numbers(connection, joins.Id));
    }

    [Fact]
    public async Task A_comparison_that_finds_nothing_says_so_and_tells_nothing()
    {
        var store = fixture.Sandbox.Store;
        var subscription = store.CreateSubscription(store.AddCustomer().Id);
        var connection = await fixture.AddConnectionAsync();
        store.Cancel(subscription.Id);
        await connection.WaitForEventsOfAsync(subscription.Id, 1);

        var drift = await CompareAsync(connection);

        Assert.Equal((0, 0), ((long)drift["found"]!, (long)drift["repaired"]!));
        Assert.Single(connection.Ometria.Events);
    }

    [Fact]
    public async Task Webhooks_that_are_gone_are_registered_again_and_what_they_did_not_tell_is_told()
    {
        var store = fixture.Sandbox.Store;
        var connection = await fixture.AddConnectionAsync();
        await BeginningIsOverAsync(connection);
        var topics = connection.Registrations.Select(registration => registration.Topic).Order().ToList();

        foreach (var registration in connection.Registrations.Where(registration => registration.Topic != "subscription/updated"))
            Assert.True(fixture.Sandbox.Webhooks.RemoveRegistration(registration.Id));
        var unheard = store.CreateSubscription(store.AddCustomer().Id);
        var status = await connection.WaitForAsync(status => Problem(status, "webhooks_restored") is not null);

        Assert.Equal("active", (string?)status["state"]);
        Assert.Equal("subscription_created", Assert.Single(await connection.WaitForEventsOfAsync(unheard.Id, 1)).EventType);
        Assert.Equal(topics, connection.Registrations.Select(registration => registration.Topic).Order());
        var heard = store.CreateSubscription(store.AddCustomer().Id);
        await connection.WaitForEventsOfAsync(heard.Id, 1);
        Assert.Equal(2, connection.Ometria.Events.Count);
    }

    [Fact]
    public async Task A_gap_during_which_the_product_was_killed_is_read_after_the_start()
    {
        var store = fixture.Sandbox.Store;
        var connection = await fixture.AddConnectionAsync();
        await BeginningIsOverAsync(connection);
        await fixture.KillAsync();
        var topics = connection.Registrations.Select(registration => registration.Topic).Order().ToList();
        foreach (var registration in connection.Registrations)
            fixture.Sandbox.Webhooks.RemoveRegistration(registration.Id);
        var unheard = store.CreateSubscription(store.AddCustomer().Id);
        await fixture.StartAsync();

        Assert.Single(await connection.WaitForEventsOfAsync(unheard.Id, 1));
        Assert.Equal(topics, connection.Registrations.Select(registration => registration.Topic).Order());
    }

    [Fact]
    public async Task A_customer_that_is_deleted_without_a_webhook_shows_zeros_after_the_next_comparison()
    {
        var store = fixture.Sandbox.Store;
        var (leaves, stays) = (store.AddCustomer(), store.AddCustomer());
        store.CreateSubscription(leaves.Id);
        store.CreateSubscription(stays.Id);
        var connection = await fixture.AddConnectionAsync();
        Assert.Equal((1, 1), Numbers(connection, leaves.Id));

        await WithoutWebhooksAsync(() => DrainedAsync(() => store.DeleteCustomer(leaves.Id)));
        var drift = await CompareAsync(connection);
        await connection.SyncAsync();

        Assert.Equal((1, 1), ((long)drift["found"]!, (long)drift["repaired"]!));
        Assert.Equal((0, 0), Numbers(connection, leaves.Id));
        Assert.Equal((1, 1), Numbers(connection, stays.Id));
        Assert.Equal(0, (long)(await CompareAsync(connection))["found"]!);
    }

    [Fact]
    public async Task What_was_deleted_just_before_the_daily_sync_is_not_counted_by_it()
    {
        var store = fixture.Sandbox.Store;
        var (shrinks, leaves) = (store.AddCustomer(), store.AddCustomer());
        store.CreateSubscription(shrinks.Id);
        var deleted = store.CreateSubscription(shrinks.Id);
        store.CreateSubscription(leaves.Id);
        var connection = await fixture.AddConnectionAsync();

        await WithoutWebhooksAsync(() => DrainedAsync(() => (store.DeleteSubscription(deleted.Id), store.DeleteCustomer(leaves.Id))));
        await connection.SyncAsync();

        Assert.Equal(1, Numbers(connection, shrinks.Id).Active);
        Assert.Equal((0, 0), Numbers(connection, leaves.Id));
        Assert.Empty(connection.Ometria.Events);
    }

    [Fact]
    public async Task Merged_customers_have_one_contact_with_all_numbers_and_nothing_is_told_again()
    {
        var store = fixture.Sandbox.Store;
        var (from, into) = (store.AddCustomer(), store.AddCustomer());
        store.CreateSubscription(from.Id);
        store.Cancel(store.CreateSubscription(from.Id).Id);
        var connection = await fixture.AddConnectionAsync();
        await BeginningIsOverAsync(connection);

        await WithoutWebhooksAsync(() => DrainedAsync(() => store.MergeCustomers(from.Id, into.Id)));
        await CompareAsync(connection);
        await connection.SyncAsync();

        Assert.Equal((0, 0), Numbers(connection, from.Id));
        Assert.Equal((2, 1), Numbers(connection, into.Id));
        Assert.Empty(connection.Ometria.Events);
    }

    [Fact]
    public async Task Under_a_former_address_zeros_are_left_and_the_new_one_has_the_numbers()
    {
        var store = fixture.Sandbox.Store;
        var customer = store.AddCustomer();
        store.CreateSubscription(customer.Id);
        var connection = await fixture.AddConnectionAsync();

        var renamed = store.ChangeEmail(customer.Id, $"new-{customer.Id}@example.test");
        await DrainedAsync(() => renamed);
        await connection.SyncAsync();

        Assert.Equal(new SubscriptionCounts(0, 0), connection.Ometria.Profiles[customer.Email]);
        Assert.Equal(new SubscriptionCounts(1, 1), connection.Ometria.Profiles[renamed.Email]);
        Assert.Equal((1, 1), Numbers(connection, customer.Id));
        await connection.SyncAsync();
        Assert.Equal(3, connection.Ometria.FindContact(customer.Id.ToString(CultureInfo.InvariantCulture))!.Pushes);
    }

    private async Task<T> DrainedAsync<T>(Func<T> act)
    {
        var result = act();
        await fixture.Sandbox.Webhooks.DrainAsync(Patience.Short, TestContext.Current.CancellationToken);
        return result;
    }

    /// <summary>Recharge's times are whole seconds: what shares its second with the connection's beginning may have happened before it.</summary>
    private static Task<JsonNode> BeginningIsOverAsync(TestConnection connection) =>
        connection.WaitForAsync(status => DateTimeOffset.UtcNow >= ((DateTimeOffset)status["createdAt"]!).AddSeconds(2));

    private async Task<T> WithoutWebhooksAsync<T>(Func<Task<T>> act)
    {
        fixture.Sandbox.Webhooks.Faults.LoseEvery = 1;
        try
        {
            return await act();
        }
        finally
        {
            fixture.Sandbox.Webhooks.Faults.Clear();
        }
    }

    private static async Task<JsonNode> CompareAsync(TestConnection connection)
    {
        var before = (string?)(await connection.StatusAsync())["drift"]!["comparedAllAt"];
        await connection.ActAsync("reconcile");
        return (await connection.WaitForAsync(status => (string?)status["drift"]!["comparedAllAt"] != before))["drift"]!;
    }

    private async Task<double> MetricAsync(string name) => (await Scrape.ReadAsync(fixture.Product.Address)).Value(name) ?? 0;

    private static JsonNode? Problem(JsonNode status, string code) => status["problems"]!.AsArray().FirstOrDefault(problem => (string?)problem!["code"] == code);

    private static (int? Total, int? Active) Numbers(TestConnection connection, long customerId)
    {
        var contact = connection.Ometria.FindContact(customerId.ToString(CultureInfo.InvariantCulture))!;
        return (contact.TotalSubscriptions, contact.ActiveSubscriptions);
    }

    public sealed class Fixture : ProductFixture
    {
        protected override void Configure(ProductSettings settings) => settings.Environment["Schedule__WebhookCheckEvery"] = "00:00:02";
    }
}
