namespace RechargeGrains.Api.Tests.Connections;

public sealed class DailySyncTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_sync_sends_what_changed_and_nothing_else()
    {
        var store = fixture.Sandbox.Store;
        var (stays, leaves, halves) = (store.AddCustomer(), store.AddCustomer(), store.AddCustomer());
        store.CreateSubscription(stays.Id);
        var last = store.CreateSubscription(leaves.Id);
        store.CreateSubscription(halves.Id);
        var second = store.CreateSubscription(halves.Id);
        var connection = await fixture.AddConnectionAsync();
        Assert.Equal((1, 1, 1), Numbers(connection, leaves.Id));
        Assert.Equal((2, 2, 1), Numbers(connection, halves.Id));

        store.Cancel(last.Id);
        store.Cancel(second.Id);
        await connection.WaitForAsync(status => (long)status["counters"]!["events"]!["sent"]! == 2);
        await connection.SyncAsync();

        // Total, active, and how often the contact was pushed.
        Assert.Equal((0, 0, 2), Numbers(connection, leaves.Id));
        Assert.Equal((2, 1, 2), Numbers(connection, halves.Id));
        Assert.Equal((1, 1, 1), Numbers(connection, stays.Id));
        Assert.Equal(2, (long)(await connection.StatusAsync())["lastDailySync"]!["contactsSent"]!);

        await connection.SyncAsync();
        Assert.Equal((0, 0, 2), Numbers(connection, leaves.Id));
        Assert.Equal(0, (long)(await connection.StatusAsync())["lastDailySync"]!["contactsSent"]!);
        Assert.Empty(connection.Ometria.Violations);
    }

    [Fact]
    public async Task A_daily_sync_that_fell_into_an_outage_is_made_up_for_at_the_next_start()
    {
        var now = DateTimeOffset.UtcNow;
        Assert.SkipWhen(now is { Hour: 23, Minute: 59 }, "In the last minute of the day both hours of this test are over.");
        var store = fixture.Sandbox.Store;
        await fixture.KillAndStartAsync(settings => settings.Environment["Schedule__DailySyncUtc"] = "23:59");
        var subscription = store.CreateSubscription(store.AddCustomer().Id);
        var connection = await fixture.AddConnectionAsync();
        Assert.Null((await connection.StatusAsync())["lastDailySync"]);
        Assert.Equal((1, 1, 1), Numbers(connection, subscription.CustomerId));

        store.Cancel(subscription.Id);
        await connection.WaitForEventsOfAsync(subscription.Id, 1);
        await fixture.KillAndStartAsync(settings => settings.Environment["Schedule__DailySyncUtc"] = "00:00");

        var status = await connection.WaitForAsync(status => status["lastDailySync"]?["finishedAt"] is not null);
        Assert.Equal(1, (long)status["lastDailySync"]!["contactsSent"]!);
        Assert.Equal((0, 0, 2), Numbers(connection, subscription.CustomerId));
        var next = (DateTimeOffset)status["nextDailySync"]!;
        Assert.Equal(TimeSpan.Zero, next.TimeOfDay);
        Assert.InRange(next - DateTimeOffset.UtcNow, TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    private static (int? Total, int? Active, int Pushes) Numbers(TestConnection connection, long customerId)
    {
        var contact = connection.Ometria.FindContact(customerId.ToString(CultureInfo.InvariantCulture))!;
        return (contact.TotalSubscriptions, contact.ActiveSubscriptions, contact.Pushes);
    }
}
