using System.Net;
using System.Text.Json;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class CustomerGrainTests(ClusterFixture cluster)
{
    private const string Created = "rc-77-900100411-created";
    private static readonly DateTimeOffset Cancelled = Given.Start.AddHours(1);
    private static readonly string CancelledId = $"rc-77-900100411-cancelled-{Cancelled.ToUnixTimeSeconds()}";

    [Fact]
    public async Task A_webhook_reaches_ometria_as_one_event()
    {
        var connection = await cluster.ConnectAsync();
        Assert.Equal(ApplyOutcome.Applied, await connection.SendAsync("subscription/created", Given.Subscription));

        var record = Assert.Single(await connection.Ometria.AcceptedAsync(1));
        Assert.Equal(
            """{"@type":"custom_event","id":"rc-77-900100411-created","event_type":"subscription_created","timestamp":"2026-03-09T14:05:00+00:00","identity_email":"ines@example.test","properties":{"subscription_id":"900100411","product_id":["8200311"],"variant_id":["44200322"],"product_title":"Morning Tea","variant_title":"Loose leaf","price":12.50,"quantity":2,"order_interval":"30 day","next_charge_date":"2026-04-08","occurred_at":"2026-03-09T14:05:00+00:00"}}""",
            JsonSerializer.Serialize(record, JsonSerializerOptions.Web).Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Equal([Created], await connection.ToldAsync());
    }

    [Fact]
    public async Task The_same_webhook_twice_is_one_event()
    {
        var connection = await cluster.ConnectAsync();
        await connection.SendAsync("subscription/created", Given.Subscription);
        Assert.Equal(ApplyOutcome.Duplicate, await connection.SendAsync("subscription/created", Given.Subscription));

        Assert.Equal([Created], await connection.ToldAsync());
    }

    [Fact]
    public async Task A_customer_that_does_not_remember_handing_over_its_event_tells_it_once()
    {
        var connection = await cluster.ConnectAsync();
        await connection.SendAsync("subscription/created", Given.Subscription);
        // What it handed over is written down with the next change only, so the next activation offers it again.
        await TestConnection.ForgetAsync(connection.Customer());
        await connection.SendAsync("subscription/created", Given.Subscription);
        await TestConnection.ForgetAsync(connection.Customer());
        await connection.SendAsync("subscription/cancelled", Given.CancelledAt(Cancelled));

        Assert.Equal([Created, CancelledId], await connection.ToldAsync());
    }

    [Fact]
    public async Task Both_sides_may_be_woken_anew_and_the_event_is_still_told_once()
    {
        var connection = await cluster.ConnectAsync();
        await connection.SendAsync("subscription/created", Given.Subscription);
        Assert.Equal([Created], await connection.ToldAsync());
        await TestConnection.ForgetAsync(connection.Customer());
        await TestConnection.ForgetAsync(connection.Outbox);
        await connection.SendAsync("subscription/created", Given.Subscription);

        Assert.Equal([Created], await connection.ToldAsync());
    }

    [Fact]
    public async Task A_cancellation_that_came_first_is_told_after_its_creation()
    {
        var connection = await cluster.ConnectAsync();
        await connection.SendAsync("subscription/cancelled", Given.CancelledAt(Cancelled));
        await connection.SendAsync("subscription/created", Given.Subscription);

        Assert.Equal([Created, CancelledId], await connection.ToldAsync());
    }

    [Fact]
    public async Task Many_webhooks_of_many_customers_are_each_told_once_and_in_order()
    {
        var connection = await cluster.ConnectAsync();
        await Task.WhenAll(Enumerable.Range(1, 40).Select(async i =>
        {
            var customer = Given.Customer with { Id = 1_000 + i, Email = $"c{i}@example.test" };
            var mine = Given.Subscription with { Id = 5_000 + i, CustomerId = customer.Id };
            var cancelled = Given.CancelledAt(Cancelled) with { Id = mine.Id, CustomerId = customer.Id };
            await connection.SendAsync("subscription/created", mine, customer, subscriptions: 1);
            await Task.WhenAll(
                connection.SendAsync("subscription/cancelled", cancelled, customer, 1), connection.SendAsync("subscription/created", mine, customer, 1));
        }));

        var told = await connection.ToldAsync();
        Assert.Equal(80, told.Count);
        foreach (var i in Enumerable.Range(1, 40))
        {
            Assert.Equal(
                [$"rc-77-{5_000 + i}-created", $"rc-77-{5_000 + i}-cancelled-{Cancelled.ToUnixTimeSeconds()}"],
                told.Where(id => id.StartsWith($"rc-77-{5_000 + i}-", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task An_event_without_an_address_waits_for_the_customer_to_be_read_and_is_then_told()
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.Put(Given.Customer, Given.Subscription);
        connection.Store.Status = _ => HttpStatusCode.ServiceUnavailable;
        await connection.SendAsync("subscription/created", Given.Subscription, customer: null);
        await connection.Store.RequestsAsync(requests => requests.Contains($"customer {Given.CustomerId}"));

        Assert.Empty(await connection.ToldAsync());
        Assert.Equal("waiting_for_email", (await connection.Customer().DescribeAsync())!.Timeline.Single(entry => entry.EventId == Created).Outcome);
        connection.Store.Status = _ => HttpStatusCode.OK;
        // The sentinel of the line above is the first record.
        var record = (await connection.Ometria.AcceptedAsync(2))[1];
        Assert.Equal((Created, Given.Email), (FakeOmetriaAccount.IdOf(record), record.GetProperty("identity_email").GetString()));
    }

    [Fact]
    public async Task An_event_that_waits_for_an_address_survives_that_everything_is_woken_anew()
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.Put(Given.Customer, Given.Subscription);
        connection.Store.Status = _ => HttpStatusCode.ServiceUnavailable;
        await connection.SendAsync("subscription/created", Given.Subscription, customer: null);
        await TestConnection.ForgetAsync(connection.Customer());
        await TestConnection.ForgetAsync(connection.RefreshQueue);
        connection.Store.Status = _ => HttpStatusCode.OK;

        // Any call wakes the queue, which finds in storage what it has to read.
        await connection.RefreshQueue.GetStatusAsync();
        Assert.Equal(Created, FakeOmetriaAccount.IdOf(Assert.Single(await connection.Ometria.AcceptedAsync(1))));
    }

    [Fact]
    public async Task A_webhook_of_a_customer_without_an_address_is_not_told_under_an_empty_one()
    {
        var connection = await cluster.ConnectAsync();
        await connection.SendAsync("subscription/created", Given.Subscription, Given.Customer with { Email = null });
        Assert.Empty(await connection.ToldAsync());
        await connection.SendAsync("subscription/updated", Given.ActiveAt(Given.Start.AddMinutes(1)));

        Assert.Equal([Created], await connection.ToldAsync());
    }

    [Fact]
    public async Task An_event_that_was_not_enabled_is_not_told_later()
    {
        var connection = await cluster.ConnectAsync();
        connection.Context = Given.Context with { Events = [EventKind.SubscriptionCancelled] };
        await connection.SendAsync("subscription/created", Given.Subscription);
        connection.Context = Given.Context;
        await connection.SendAsync("subscription/created", Given.Subscription);
        await connection.SendAsync("subscription/cancelled", Given.CancelledAt(Cancelled));

        Assert.Equal([CancelledId], await connection.ToldAsync());
    }

    [Fact]
    public async Task A_charge_is_announced_once_for_its_address_and_date_however_often_it_is_rebuilt()
    {
        var connection = await cluster.ConnectAsync();
        var today = Given.Charge.ScheduledAt.AddDays(-7);
        Assert.Equal(ApplyOutcome.Applied, await connection.Customer().AnnounceChargeAsync(Given.Charge, today, connection.Context));
        await TestConnection.ForgetAsync(connection.Customer());
        Assert.Equal(ApplyOutcome.Duplicate, await connection.Customer().AnnounceChargeAsync(Given.Charge with { Id = 1 }, today.AddDays(1), connection.Context));
        var moved = Given.Charge with { ScheduledAt = Given.Charge.ScheduledAt.AddDays(1) };
        Assert.Equal(ApplyOutcome.Applied, await connection.Customer().AnnounceChargeAsync(moved, today.AddDays(1), connection.Context));

        Assert.Equal(["rc-77-800100511-upcoming-20260408", "rc-77-800100511-upcoming-20260409"], await connection.ToldAsync());
    }

    [Fact]
    public async Task A_reading_tells_nothing_and_marks_what_is_gone_as_deleted()
    {
        var connection = await cluster.ConnectAsync();
        var second = Given.Subscription with { Id = 900100412 };
        await connection.Customer().ApplySnapshotAsync(Snapshot(Given.Subscription, second), connection.Context);
        Assert.Equal((2, 2), await CountsAsync(connection));
        await connection.Customer().ApplySnapshotAsync(Snapshot(second), connection.Context);

        // The customer did have it, so it stays in the total.
        Assert.Equal((2, 1), await CountsAsync(connection));
        Assert.Empty(await connection.ToldAsync());
    }

    [Fact]
    public async Task A_subscription_whose_webhook_came_after_the_reading_began_is_not_taken_for_gone()
    {
        var connection = await cluster.ConnectAsync();
        await connection.SendAsync("subscription/created", Given.Subscription);
        await connection.Customer().ApplySnapshotAsync(Snapshot() with { ReadAt = Given.Start.AddHours(3) }, connection.Context);
        Assert.Equal((1, 1), await CountsAsync(connection));
        await connection.Customer().ApplySnapshotAsync(Snapshot() with { ReadAt = Given.Start.AddHours(5) }, connection.Context);
        Assert.Equal((0, 0), await CountsAsync(connection));
    }

    [Fact]
    public async Task An_older_message_does_not_bring_back_an_old_address()
    {
        var connection = await cluster.ConnectAsync();
        await connection.SendAsync("subscription/created", Given.Subscription, Given.Customer with { Email = "new@example.test", UpdatedAt = Given.Start.AddHours(1) }, subscriptions: 1);
        await connection.SendAsync("subscription/cancelled", Given.CancelledAt(Cancelled), Given.Customer, subscriptions: 1);
        Assert.Equal(2, (await connection.ToldAsync()).Count);

        Assert.Equal("new@example.test", (await connection.Customer().DescribeAsync())!.Email);
        Assert.Equal("new@example.test", connection.Ometria.Accepted()[1].GetProperty("identity_email").GetString());
    }

    [Fact]
    public async Task Of_a_customer_never_met_nothing_is_known()
    {
        var connection = await cluster.ConnectAsync();
        Assert.Null(await connection.Customer(404).DescribeAsync());
    }

    private static CustomerSnapshot Snapshot(params IReadOnlyList<SubscriptionSnapshot> subscriptions) => new()
    {
        Profile = Given.Customer,
        Subscriptions = subscriptions,
        IsComplete = true,
        ReadAt = Given.Start.AddHours(5),
    };

    private static async Task<(int Total, int Active)> CountsAsync(TestConnection connection)
    {
        var view = (await connection.Customer().DescribeAsync())!;
        return (view.TotalSubscriptions, view.ActiveSubscriptions);
    }

    [Fact]
    public async Task Numbers_that_go_there_and_back_around_a_crash_reach_the_contact_book()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await connection.SendAsync("subscription/created", Given.Subscription);
        await connection.SendAsync("subscription/updated", Given.ActiveAt(Given.Start.AddMinutes(1)) with { Quantity = 3 });
        await connection.SendAsync("subscription/cancelled", Given.CancelledAt(Cancelled));
        await TestConnection.ForgetAsync(connection.Customer());
        // Back to the numbers that were written down as told before the last ones.
        await connection.SendAsync("subscription/activated", Given.ActiveAt(Cancelled.AddMinutes(1)));
        await connection.WaitForStatusAsync(status => status.Waiting == 0);
        await connection.Book.PushChangesAsync(connection.OmetriaKey, 1);

        var contact = connection.Ometria.Accepted().Last(record => FakeOmetriaAccount.IdOf(record) == $"{Given.CustomerId}");
        Assert.Equal(1, contact.GetProperty("properties").GetProperty("active_subscriptions").GetInt32());
        Assert.Equal((1, 1), (await connection.Customer().DescribeAsync()) is { } view ? (view.TotalSubscriptions, view.ActiveSubscriptions) : default);
        Assert.Equal(0, (await connection.Book.GetStatusAsync()).Changed);
    }

    [Fact]
    public async Task Who_was_read_sent_and_forgotten_is_not_sent_ahead_of_the_first_event()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await connection.Customer().ApplySnapshotAsync(Snapshot(Given.Subscription), connection.Context);
        await connection.Book.PushChangesAsync(connection.OmetriaKey, 1);
        await TestConnection.ForgetAsync(connection.Customer());

        await connection.SendAsync("subscription/cancelled", Given.CancelledAt(Cancelled));
        await connection.WaitForStatusAsync(status => status.Waiting == 0);

        Assert.Single(connection.Ometria.Accepted(), record => record.GetProperty("@type").GetString() == "contact");
    }
}
