using System.Globalization;
using System.Text.Json;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Tests.Outbox;

/// <summary>The 4-hour rule and the 1,000 rule, as they reach Ometria and the delivery log.</summary>
public sealed class OutboxTimeTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(LateEventsPolicy.Restamp, LateHandling.Restamped)]
    [InlineData(LateEventsPolicy.Send, LateHandling.SentLate)]
    public async Task A_late_event_is_sent_as_the_connection_wants_and_the_log_says_so(LateEventsPolicy policy, LateHandling late)
    {
        var connection = await cluster.ConnectAsync();
        connection.LateEvents = policy;
        await connection.HoldAsync(false);
        var occurredAt = Seconds(DateTimeOffset.UtcNow.AddHours(-9));
        var before = Seconds(DateTimeOffset.UtcNow);
        await connection.OfferAsync(Told(2, occurredAt.AddHours(8)), Told(3, occurredAt));
        await connection.WaitForStatusAsync(status => status.Sent == 2);

        var records = connection.Ometria.Accepted();
        if (late == LateHandling.Restamped)
            Assert.InRange(TimestampOf(records[1]), before, DateTimeOffset.UtcNow);
        else
            Assert.Equal(occurredAt, TimestampOf(records[1]));
        Assert.Equal(occurredAt.AddHours(8), TimestampOf(records[0]));
        Assert.Equal(late, (await LineOfAsync(connection, 3, occurredAt)).Late);
        Assert.Equal(LateHandling.None, (await LineOfAsync(connection, 2, occurredAt.AddHours(8))).Late);
    }

    [Fact]
    public async Task A_customers_events_keep_their_order_also_in_their_timestamps()
    {
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true);
        var now = DateTimeOffset.UtcNow;
        // Late and restamped, then one in time with its own time hours before that.
        await connection.OfferAsync(Told(2, now.AddHours(-9)), Told(3, now.AddHours(-3)) with { Kind = EventKind.SubscriptionCancelled }, Told(4, now));
        await connection.HoldAsync(false);
        await connection.WaitForStatusAsync(status => status.Sent == 3);

        var stamps = connection.Ometria.Accepted().Select(TimestampOf).ToList();
        Assert.Equal(stamps.Order(), stamps);
        Assert.False((await LineOfAsync(connection, 3, now.AddHours(-3))).Paced);
    }

    [Fact]
    public async Task A_late_event_that_is_to_be_skipped_is_suppressed_and_the_log_says_why()
    {
        var connection = await cluster.ConnectAsync();
        connection.LateEvents = LateEventsPolicy.Skip;
        await connection.HoldAsync(false);
        var occurredAt = DateTimeOffset.UtcNow.AddHours(-5);
        await connection.OfferAsync(Told(2, occurredAt), Told(3, DateTimeOffset.UtcNow));
        await connection.WaitForStatusAsync(status => status is { Sent: 1, Suppressed: 1 });

        Assert.Equal("event-5-3", FakeOmetriaAccount.IdOf(Assert.Single(connection.Ometria.Accepted())));
        var line = await LineOfAsync(connection, 2, occurredAt);
        Assert.Equal((DeliveryStatus.Suppressed, LateHandling.Skipped), (line.Status, line.Late));
    }

    [Fact]
    public async Task More_than_Ometria_lets_in_at_one_go_is_spread_over_slots_that_the_log_and_the_status_show()
    {
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true);
        var now = DateTimeOffset.UtcNow;
        await connection.OfferAsync([.. Enumerable.Range(0, ClusterFixture.MaxWaiting).Select(i => Told(i + 2, now) with { Kind = EventKind.UpcomingCharge })]);
        await connection.HoldAsync(false);
        var status = await connection.WaitForStatusAsync(status => status.Sent == ClusterFixture.MaxWaiting);

        var perSlot = connection.Ometria.Accepted().GroupBy(record => Math.Max(SlotOf(TimestampOf(record)), SlotOf(now))).OrderBy(group => group.Key).ToList();
        Assert.All(perSlot, slot => Assert.InRange(slot.Count(), 1, SlotBook.Most));
        Assert.Equal(ClusterFixture.MaxWaiting - SlotBook.MostNow, status.Paced);
        Assert.True(status.PacedUntil > now);
        var last = await LineOfAsync(connection, ClusterFixture.MaxWaiting + 1, now);
        Assert.True(last.Paced);
        Assert.Equal(perSlot[^1].Key, SlotOf(last.Timestamp!.Value));
        Assert.False((await LineOfAsync(connection, 2, now)).Paced);
    }

    private static OutboundEvent Told(int sequence, DateTimeOffset occurredAt) =>
        TestConnection.Told(5, sequence) with { OccurredAt = occurredAt, ReceivedAt = occurredAt };

    private static Task<DeliveryEntry> LineOfAsync(TestConnection connection, int sequence, DateTimeOffset receivedAt) =>
        connection.WaitForLineAsync($"event-5-{sequence}", receivedAt);

    private static DateTimeOffset TimestampOf(JsonElement record) => DateTimeOffset.Parse(record.GetProperty("timestamp").GetString()!, CultureInfo.InvariantCulture);

    private static long SlotOf(DateTimeOffset instant) => instant.UtcTicks / SlotBook.Slot.Ticks;

    private static DateTimeOffset Seconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerSecond));
}
