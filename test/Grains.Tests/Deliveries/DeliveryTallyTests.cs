using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Deliveries;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Tests.Deliveries;

public sealed class DeliveryTallyTests(ClusterFixture cluster)
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 9, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lines_are_counted_by_hour_type_and_status() => Assert.Equal(
        [
            new DeliveryCount(0, "created", DeliveryStatus.Sent, 2),
            new DeliveryCount(23, "created", DeliveryStatus.Sent, 1),
            new DeliveryCount(23, "created", DeliveryStatus.Rejected, 1),
            new DeliveryCount(23, "cancelled", DeliveryStatus.Sent, 1),
        ],
        DeliveryTally.Of(
        [
            Entry(0) with { ReceivedAt = Midnight },
            Entry(1) with { ReceivedAt = Midnight.AddMinutes(59) },
            Entry(2) with { ReceivedAt = Midnight.AddDays(1).AddTicks(-1) },
            Entry(3) with { ReceivedAt = Midnight.AddHours(23), Status = DeliveryStatus.Rejected },
            // 23 o'clock in UTC, whatever its offset.
            Entry(4) with { ReceivedAt = Midnight.AddHours(23).ToOffset(TimeSpan.FromHours(3)), Type = "cancelled" },
        ]));

    [Fact]
    public async Task A_day_that_was_counted_follows_what_is_added_and_changed()
    {
        var log = cluster.Grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(new ConnectionKey($"t-{Guid.NewGuid():N}", "con"), new DateOnly(2026, 3, 9)).ToString());
        Assert.Empty(await log.CountAsync());
        await log.AppendAsync([.. Enumerable.Range(0, 450).Select(Entry)], mayBeThere: false);
        Assert.Equal(450, await CountAsync(log, DeliveryStatus.Sent));

        await log.AppendAsync([.. Enumerable.Range(450, 250).Select(Entry)], mayBeThere: false);
        Assert.Equal(700, await CountAsync(log, DeliveryStatus.Sent));

        // One of a page that is closed, one of the open page, one that is new.
        await log.AppendAsync([.. new[] { 7, 690, 700 }.Select(i => Entry(i) with { Status = DeliveryStatus.Rejected })], mayBeThere: true);
        Assert.Equal((698, 3), (await CountAsync(log, DeliveryStatus.Sent), await CountAsync(log, DeliveryStatus.Rejected)));

        await TestConnection.ForgetAsync(log);
        Assert.Equal((698, 3), (await CountAsync(log, DeliveryStatus.Sent), await CountAsync(log, DeliveryStatus.Rejected)));
    }

    [Fact]
    public async Task A_day_can_be_counted_while_lines_come_in()
    {
        var log = cluster.Grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(new ConnectionKey($"t-{Guid.NewGuid():N}", "con"), new DateOnly(2026, 3, 9)).ToString());
        await log.AppendAsync([.. Enumerable.Range(0, 1_000).Select(Entry)], mayBeThere: false);
        await TestConnection.ForgetAsync(log);
        var appended = Enumerable.Range(10, 20).Select(i => log.AppendAsync([.. Enumerable.Range(i * 100, 100).Select(Entry)], mayBeThere: false)).ToList();
        var counts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CountAsync(log, DeliveryStatus.Sent)));
        await Task.WhenAll(appended);

        Assert.All(counts, count => Assert.InRange(count, 1_000, 3_000));
        Assert.Equal(3_000, await CountAsync(log, DeliveryStatus.Sent));
    }

    private static async Task<int> CountAsync(IDeliveryLogGrain log, DeliveryStatus status) =>
        (await log.CountAsync()).Where(count => count.Status == status).Sum(count => count.Count);

    private static DeliveryEntry Entry(int number) => new()
    {
        EventId = $"event-{number}",
        Type = "created",
        Email = Given.Email,
        Status = DeliveryStatus.Sent,
        OccurredAt = Midnight,
        ReceivedAt = Midnight.AddHours(number % 24),
    };
}
