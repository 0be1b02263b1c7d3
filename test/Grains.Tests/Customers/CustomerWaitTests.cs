using System.Net;
using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Customers;

/// <summary>Events that wait for something, and for how long at most.</summary>
public sealed class CustomerWaitTests(ClusterFixture cluster)
{
    private static readonly string EventId = $"rc-77-{Given.SubscriptionId}-created";

    [Fact]
    public async Task The_first_event_waits_for_the_customer_to_be_read_so_that_the_contact_has_its_numbers()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        connection.Store.Put(Given.Customer, Given.Subscription, Given.Subscription with { Id = 2 });
        await connection.SendAsync("subscription/created", Given.Subscription, Given.Customer);

        var records = await connection.Ometria.AcceptedAsync(2);
        Assert.Equal([$"{Given.CustomerId}", EventId], records.Select(FakeOmetriaAccount.IdOf));
        Assert.Equal(2, records[0].GetProperty("properties").GetProperty("total_subscription").GetInt32());
        Assert.Equal(0, (await connection.RefreshQueue.GetStatusAsync()).WaitingEvents);
    }

    [Fact]
    public async Task A_second_event_that_comes_while_the_customer_is_read_is_told_too_and_the_queue_comes_to_rest()
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.Put(Given.Customer, Given.Subscription);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => connection.SendAsync(
            "subscription/created", Given.Subscription with { Id = Given.SubscriptionId + i, UpdatedAt = Given.Start.AddSeconds(i) }, Given.Customer)));

        await connection.WaitForStatusAsync(status => status.Sent == 6);
        await TestConnection.WaitForAsync(() => connection.RefreshQueue.GetStatusAsync(), status => status == default);
        var requests = connection.Store.Requests().Count;
        // Whoever spins reads again and again.
        Assert.InRange(requests, 1, 6 * 2);
    }

    [Fact]
    public async Task A_customer_that_cannot_be_read_does_not_keep_the_first_event()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        connection.Store.Status = _ => HttpStatusCode.ServiceUnavailable;
        await connection.SendAsync("subscription/created", Given.Subscription, Given.Customer);

        var records = await connection.Ometria.AcceptedAsync(2);
        Assert.Equal([$"{Given.CustomerId}", EventId], records.Select(FakeOmetriaAccount.IdOf));
        Assert.False(records[0].TryGetProperty("properties", out _));
        await TestConnection.WaitForAsync(() => connection.RefreshQueue.GetStatusAsync(), status => status.WaitingEvents == 0);
    }

    [Fact]
    public async Task An_activation_whose_cancellation_never_comes_is_told_when_the_wait_is_over_without_another_webhook()
    {
        var time = new FakeTimeProvider(Given.Start.AddHours(4));
        await using var own = new ClusterFixture(time);
        await own.InitializeAsync();
        var connection = await own.ConnectAsync();
        var active = Given.ActiveAt(Given.Start.AddHours(3));
        connection.Store.Put(Given.Customer, active);
        await connection.SendAsync("subscription/created", Given.Subscription);
        await connection.SendAsync("subscription/activated", active);
        await DriveAsync(time, TimeSpan.FromMilliseconds(10), () => connection.Ometria.Accepted().Count >= 1);
        // Everything may be put to rest meanwhile.
        await TestConnection.ForgetAsync(connection.Customer());
        await TestConnection.ForgetAsync(connection.RefreshQueue);
        await connection.RefreshQueue.GetStatusAsync();

        await DriveAsync(time, TimeSpan.FromMinutes(1), () => connection.Ometria.Accepted().Count >= 2);
        var told = connection.Ometria.Accepted().Select(FakeOmetriaAccount.IdOf);
        Assert.Equal([EventId, $"rc-77-{Given.SubscriptionId}-activated-{Given.Start.AddHours(3).ToUnixTimeSeconds()}"], told);
        Assert.True(time.GetUtcNow() >= Given.Start.AddHours(4) + ActivationRules.WaitsFor);
    }

    /// <summary>Lets time go on, a little at a time, until what is wanted has come.</summary>
    private static async Task DriveAsync(FakeTimeProvider time, TimeSpan step, Func<bool> until)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var steps = 0; !until(); steps++)
        {
            Assert.InRange(steps, 0, 1_000);
            await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            time.Advance(step);
        }
    }
}
