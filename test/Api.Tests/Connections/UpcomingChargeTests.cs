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
