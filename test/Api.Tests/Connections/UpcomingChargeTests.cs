namespace RechargeGrains.Api.Tests.Connections;

public sealed class UpcomingChargeTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Theory]
    [InlineData(null, 7)]
    [InlineData(14, 14)]
    [InlineData(1, 1)]
    public async Task A_charge_inside_the_window_is_announced_once_over_several_syncs(int? upcomingChargeDays, int window)
    {
        var connection = await fixture.AddConnectionAsync(more: upcomingChargeDays is null ? null : new { upcomingChargeDays });
        var today = fixture.Sandbox.Store.Today;
        var inside = Charge(today.AddDays(window));
        Charge(today.AddDays(window + 1));

        await connection.SyncAsync();
        var told = await AnnouncedAsync(connection, inside);
        // A new charge behind it shows when the second reading is through.
        var behind = Charge(today.AddDays(1));
        await connection.SyncAsync();
        await AnnouncedAsync(connection, behind);
        await connection.WaitForAsync(status => (long)status["counters"]!["events"]!["waiting"]! == 0);

        Assert.Equal(today.AddDays(window).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), told.Text("charge_date"));
        Assert.Equal(window, told.Properties.GetProperty("days_before").GetInt32());
        Assert.Equal($"{inside.Variant.ProductId}", told.Properties.GetProperty("product_id")[0].GetString());
        var announced = connection.Ometria.Events.Where(event_ => event_.EventType == "upcoming_charge").ToList();
        Assert.Equal(announced.Count, announced.DistinctBy(event_ => event_.Id).Count());
        Assert.DoesNotContain(announced, event_ => event_.Properties.GetProperty("days_before").GetInt32() > window);
        Assert.Single(announced, event_ => event_.IdentityEmail == EmailOf(inside));
    }

    [Fact]
    public async Task A_charge_that_moves_is_told_at_once_for_each_date_in_the_window_and_by_its_webhooks_alone()
    {
        var connection = await fixture.AddConnectionAsync();
        // The reading after the import is through: the next one is an hour away.
        await connection.SyncAsync();
        var (store, today) = (fixture.Sandbox.Store, fixture.Sandbox.Store.Today);
        var subscription = Charge(today.AddDays(20));
        var told = new List<(string Date, int DaysBefore)>();
        foreach (var days in new[] { 7, 6, 30, 7, 2 })
        {
            store.MoveCharge(subscription.AddressId, today.AddDays(days));
            if (days == 30 || told.Exists(told => told.DaysBefore == days))
                continue;
            told.Add((today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), days));
            await connection.Ometria.WaitForEventsAsync(
                all => all.Count(event_ => IsOf(event_, subscription)) == told.Count, Patience.Long, TestContext.Current.CancellationToken);
        }

        Assert.Equal(told, connection.Ometria.Events.Where(event_ => IsOf(event_, subscription))
            .Select(event_ => (event_.Text("charge_date")!, event_.Properties.GetProperty("days_before").GetInt32())));
    }

    [Fact]
    public async Task Where_it_is_asked_for_a_moved_charge_is_told_with_its_old_and_its_new_date()
    {
        string[] events = ["upcoming_charge", "upcoming_charge_changed"];
        var tenant = await fixture.AddTenantAsync(customEvents: events);
        var connection = await tenant.ConnectAsync("2000-01-01", new { customEvents = events });
        await connection.WaitForAsync(status => (string?)status["state"] == "active");
        await connection.SyncAsync();
        var today = fixture.Sandbox.Store.Today;
        var subscription = Charge(today.AddDays(5));
        await AnnouncedAsync(connection, subscription);

        fixture.Sandbox.Store.MoveCharge(subscription.AddressId, today.AddDays(25));

        bool IsIt(AcceptedEvent event_) => event_.EventType == "upcoming_charge_changed" && event_.IdentityEmail == EmailOf(subscription);
        var told = (await connection.Ometria.WaitForEventsAsync(all => all.Any(IsIt), Patience.Long, TestContext.Current.CancellationToken)).Single(IsIt);
        Assert.Equal(today.AddDays(5).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), told.Text("old_charge_date"));
        Assert.Equal(today.AddDays(25).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), told.Text("new_charge_date"));
    }

    private bool IsOf(AcceptedEvent event_, Subscription subscription) => event_.EventType == "upcoming_charge" && event_.IdentityEmail == EmailOf(subscription);

    private Subscription Charge(DateOnly on)
    {
        var store = fixture.Sandbox.Store;
        return store.CreateSubscription(store.AddCustomer().Id, new NewSubscription { NextChargeOn = on });
    }

    private string EmailOf(Subscription subscription) => fixture.Sandbox.Store.GetCustomer(subscription.CustomerId).Email;

    private async Task<AcceptedEvent> AnnouncedAsync(TestConnection connection, Subscription subscription)
    {
        var email = EmailOf(subscription);
        bool IsIt(AcceptedEvent event_) => event_.EventType == "upcoming_charge" && event_.IdentityEmail == email;
        var events = await connection.Ometria.WaitForEventsAsync(all => all.Any(IsIt), Patience.Long, TestContext.Current.CancellationToken);
        return events.First(IsIt);
    }
}
