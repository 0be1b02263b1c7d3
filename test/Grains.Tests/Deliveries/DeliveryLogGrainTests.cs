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
        await log.AppendAsync([.. Enumerable.Range(0, 250).Select(Entry)], mayBeThere: false);
        await TestConnection.ForgetAsync(log);
        await log.AppendAsync([.. Enumerable.Range(250, 200).Select(Entry)], mayBeThere: false);

        Assert.Equal(Enumerable.Range(0, 450).Reverse().Select(i => $"event-{i}"), await ReadAllAsync(log, new DeliveryFilter(), limit));
    }

    [Fact]
    public async Task A_filter_that_matches_little_finds_all_of_it()
    {
        var log = NewLog();
        await log.AppendAsync([.. Enumerable.Range(0, 450).Select(Entry)], mayBeThere: false);

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

    [Fact]
    public async Task Reading_forwards_meets_every_line_once_oldest_first()
    {
        var log = NewLog();
        await log.AppendAsync([.. Enumerable.Range(0, 450).Select(Entry)], mayBeThere: false);
        var ids = new List<string>();
        for (long? next = 0; next is { } position;)
        {
            var page = await log.ScanAsync(new DeliveryFilter(), position, 70);
            ids.AddRange(page.Entries.Select(entry => entry.EventId));
            next = page.Next;
        }

        Assert.Equal(Enumerable.Range(0, 450).Select(i => $"event-{i}"), ids);
    }

    [Fact]
    public async Task A_line_is_changed_in_its_place_also_after_a_rest_and_found_by_its_event()
    {
        var log = NewLog();
        await log.AppendAsync([.. Enumerable.Range(0, 450).Select(Entry)], mayBeThere: false);
        await log.AppendAsync([Entry(7) with { Status = DeliveryStatus.Rejected }, Entry(430) with { Error = "late" }, Entry(450)], mayBeThere: true);
        await TestConnection.ForgetAsync(log);

        Assert.Equal(DeliveryStatus.Rejected, (await log.FindAsync("event-7"))!.Status);
        Assert.Equal("late", (await log.FindAsync("event-430"))!.Error);
        Assert.Null(await log.FindAsync("event-451"));
        Assert.Equal(Enumerable.Range(0, 451).Reverse().Select(i => $"event-{i}"), await ReadAllAsync(log, new DeliveryFilter(), 100));
        // What is added after a search is found by the next one.
        await log.AppendAsync([Entry(451)], mayBeThere: false);
        Assert.NotNull(await log.FindAsync("event-451"));
    }

    [Fact]
    public async Task A_removed_day_is_gone_and_can_begin_anew()
    {
        var log = NewLog();
        await log.AppendAsync([.. Enumerable.Range(0, 450).Select(Entry)], mayBeThere: false);
        await log.RemoveAsync();
        await TestConnection.ForgetAsync(log);
        Assert.Empty(await ReadAllAsync(log, new DeliveryFilter(), 100));
        Assert.Null(await log.FindAsync("event-7"));

        await log.AppendAsync([Entry(7)], mayBeThere: false);
        Assert.Single(await ReadAllAsync(log, new DeliveryFilter(), 100));
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
