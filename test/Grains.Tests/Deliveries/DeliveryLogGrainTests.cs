using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Tests.Deliveries;

public sealed class DeliveryLogGrainTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(1_000)]
    public async Task Reading_on_from_page_to_page_meets_every_line_once_newest_first(int limit)
    {
        var log = NewLog();
        await log.AppendAsync([.. Enumerable.Range(0, 250).Select(Entry)]);
        await TestConnection.ForgetAsync(log);
        await log.AppendAsync([.. Enumerable.Range(250, 200).Select(Entry)]);

        Assert.Equal(Enumerable.Range(0, 450).Reverse().Select(i => $"event-{i}"), await ReadAllAsync(log, new DeliveryFilter(), limit));
    }

    [Fact]
    public async Task A_filter_that_matches_little_finds_all_of_it()
    {
        var log = NewLog();
        await log.AppendAsync([.. Enumerable.Range(0, 450).Select(Entry)]);

        Assert.Equal(
            ["event-400", "event-300", "event-200", "event-100", "event-0"],
            await ReadAllAsync(log, new DeliveryFilter { Status = DeliveryStatus.DeadLettered }, limit: 2));
    }

    [Fact]
    public async Task An_empty_day_has_no_lines()
    {
        var page = await NewLog().ReadAsync(new DeliveryFilter(), null, 10);
        Assert.Empty(page.Entries);
        Assert.Null(page.Before);
    }

    private IDeliveryLogGrain NewLog() => cluster.Grains.GetGrain<IDeliveryLogGrain>(
        new DeliveryDayKey(new ConnectionKey($"t-{Guid.NewGuid():N}", "con"), new DateOnly(2026, 3, 9)).ToString());

    private static async Task<List<string>> ReadAllAsync(IDeliveryLogGrain log, DeliveryFilter filter, int limit)
    {
        var ids = new List<string>();
        long? before = null;
        do
        {
            var page = await log.ReadAsync(filter, before, limit);
            Assert.InRange(page.Entries.Count, 0, limit);
            ids.AddRange(page.Entries.Select(entry => entry.EventId));
            before = page.Before;
        }
        while (before is not null);
        return ids;
    }

    private static DeliveryEntry Entry(int i) => new()
    {
        EventId = $"event-{i}",
        Type = "subscription_created",
        Email = Given.Email,
        Status = i % 100 == 0 ? DeliveryStatus.DeadLettered : DeliveryStatus.Sent,
        OccurredAt = Given.Start,
        ReceivedAt = Given.Start.AddSeconds(i),
    };
}
