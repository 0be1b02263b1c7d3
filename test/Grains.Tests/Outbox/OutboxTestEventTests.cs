using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Tests.Outbox;

/// <summary>Test events go the way of all others, and belong to nobody.</summary>
public sealed class OutboxTestEventTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_test_is_sent_and_logged_as_such_without_a_contact_and_may_be_repeated_after_a_restart()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        var one = NewTest();
        var waiting = await connection.Outbox.SendTestAsync(one);
        Assert.Equal((DeliveryStatus.Waiting, true), (waiting.Status, waiting.IsTest));
        await connection.Ometria.AcceptedAsync(1);
        await TestConnection.ForgetAsync(connection.Outbox);
        var other = NewTest();
        await connection.Outbox.SendTestAsync(other);
        // Somebody's first event, with its contact before it.
        await connection.OfferAsync(TestConnection.Told(5, 1));
        var records = await connection.Ometria.AcceptedAsync(4);

        // The contact goes ahead of its own event, and of whatever is in the same push.
        var ids = records.Select(FakeOmetriaAccount.IdOf).ToList();
        Assert.Equal(one.EventId, ids[0]);
        Assert.Equal(new[] { other.EventId, "5", "event-5-1" }.Order(StringComparer.Ordinal), ids[1..].Order(StringComparer.Ordinal));
        Assert.True(ids.IndexOf("5") < ids.IndexOf("event-5-1"));
        Assert.True(records[0].GetProperty("properties").GetProperty("test").GetBoolean());
        var line = await connection.WaitForLineAsync(other.EventId, other.ReceivedAt);
        Assert.Equal((DeliveryStatus.Sent, true, 1), (line.Status, line.IsTest, line.Attempts));
        Assert.False((await connection.WaitForLineAsync("event-5-1", Given.Start)).IsTest);
    }

    private static OutboundEvent NewTest() => TestEvents.Of(EventKind.UpcomingCharge, Given.Email, 7, Given.Start);
}
