using RechargeGrains.Connections;
using RechargeGrains.Deliveries;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;

namespace RechargeGrains.Api.Deliveries;

/// <summary>Reads the delivery log backwards through its days; what still waits comes first.</summary>
internal sealed class DeliveryReader(IGrainFactory grains, TimeProvider time)
{
    /// <summary>Lines of one page, unless the caller wants another number.</summary>
    public const int PageSize = 100;

    /// <summary>Days that one request looks through; a cursor goes on where it stopped.</summary>
    private const int MaxDays = 100;

    public async Task<(IReadOnlyList<DeliveryEntry> Entries, DeliveryCursor? Next)> ReadAsync(
        ConnectionKey key, DeliveryFilter filter, DeliveryCursor? cursor, int limit = PageSize)
    {
        var entries = new List<DeliveryEntry>();
        if (cursor is null && filter.Status is null or DeliveryStatus.Waiting)
        {
            var waiting = await grains.GetGrain<IOutboxGrain>(key.ToString()).ListWaitingAsync(filter, limit);
            entries.AddRange(waiting);
        }

        if (filter.Status == DeliveryStatus.Waiting)
            return (entries, null);
        var status = await grains.GetGrain<IConnectionGrain>(key.ToString()).GetStatusAsync();
        var first = Later(DayOf(filter.From), DayOf(status?.CreatedAt));
        var position = cursor ?? new DeliveryCursor(DayOf(filter.To) ?? DayOf(time.GetUtcNow())!.Value, null);
        var known = entries.Select(entry => entry.EventId).ToHashSet(StringComparer.Ordinal);
        for (var days = 0; position.Day >= first && entries.Count < limit; days++)
        {
            if (days == MaxDays)
                return (entries, position);
            var page = await grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(key, position.Day).ToString())
                .ReadAsync(filter, position.Before, limit - entries.Count);
            entries.AddRange(page.Entries.Where(entry => known.Add(entry.EventId)));
            position = page.Before is { } before ? position with { Before = before } : new DeliveryCursor(position.Day.AddDays(-1), null);
        }

        return (entries, position.Day >= first ? position : null);
    }

    /// <summary>The line of one event: what is logged of it, or that it waits.</summary>
    public async Task<DeliveryEntry?> FindAsync(ConnectionKey key, DeliveryId id)
    {
        var days = id.Day is { } known
            ? [known]
            : Enumerable.Range(0, MaxDays).Select(back => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-back));
        var waiting = await grains.GetGrain<IOutboxGrain>(key.ToString()).ListWaitingAsync(new DeliveryFilter { EventId = id.EventId }, 1);
        if (waiting.Count > 0)
            return waiting[0];
        foreach (var day in days)
        {
            if (await grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(key, day).ToString()).FindAsync(id.EventId) is { } entry)
                return entry;
        }

        return null;
    }

    private static DateOnly? DayOf(DateTimeOffset? instant) => instant is { } value ? DateOnly.FromDateTime(value.UtcDateTime) : null;

    private static DateOnly Later(DateOnly? one, DateOnly? other) =>
        new[] { one, other }.OfType<DateOnly>().DefaultIfEmpty(DateOnly.MinValue).Max();
}
