using RechargeGrains.Connections;
using RechargeGrains.Deliveries;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;

namespace RechargeGrains.Api.Deliveries;

/// <summary>
/// Reads the delivery log backwards through its days; what still waits comes first, all of it. What is sent between two pages may be on
/// both, as waiting and as sent, but nothing is missing.
/// </summary>
internal sealed class DeliveryReader(IGrainFactory grains, TimeProvider time)
{
    /// <summary>Lines of one page, unless the caller wants another number.</summary>
    public const int PageSize = 100;

    /// <summary>Days that one request looks through; a cursor goes on where it stopped.</summary>
    private const int MaxDays = 100;

    /// <summary>Times that one request asks the outbox, which looks at 20,000 events each time.</summary>
    private const int MaxAsked = 5;

    public async Task<(IReadOnlyList<DeliveryEntry> Entries, DeliveryCursor? Next)> ReadAsync(
        ConnectionKey key, DeliveryFilter filter, DeliveryCursor? cursor, int limit = PageSize, CancellationToken cancellationToken = default)
    {
        var entries = new List<DeliveryEntry>();
        if (cursor is null or { Day: null } && filter.Status is null or DeliveryStatus.Waiting)
        {
            if (await ReadWaitingAsync(key, filter, cursor?.Before, limit, entries, cancellationToken) is { } before)
                return (entries, DeliveryCursor.Waiting(before));
        }

        if (filter.Status == DeliveryStatus.Waiting || await grains.GetGrain<IConnectionGrain>(key.ToString()).GetStatusAsync() is not { } status)
            return (entries, null);
        var first = Later(DayOf(filter.From), DayOf(status.CreatedAt));
        // No day after today has a line, and asking for one would wake its grain.
        var day = Earlier(DayOf(time.GetUtcNow()), cursor?.Day ?? DayOf(filter.To));
        var place = day == cursor?.Day ? cursor.Before : null;
        var known = entries.Select(entry => entry.EventId).ToHashSet(StringComparer.Ordinal);
        for (var days = 0; day >= first && entries.Count < limit; days++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (days == MaxDays)
                return (entries, new DeliveryCursor(day, place));
            var page = await grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(key, day).ToString()).ReadAsync(filter, place, limit - entries.Count);
            entries.AddRange(page.Entries.Where(entry => known.Add(entry.EventId)));
            place = page.Before;
            if (place is null)
                day = day.AddDays(-1);
        }

        return (entries, day >= first ? new DeliveryCursor(day, place) : null);
    }

    /// <summary>The line of one event: what is logged of it, or that it waits.</summary>
    public async Task<DeliveryEntry?> FindAsync(ConnectionKey key, DeliveryId id)
    {
        var today = DayOf(time.GetUtcNow());
        var days = id.Day is { } known ? [known] : Enumerable.Range(0, MaxDays).Select(back => today.AddDays(-back)).ToList();
        foreach (var day in days)
        {
            if (await FindAsync(key, day, id.EventId) is { } entry)
                return entry;
        }

        // Between the two questions it may have been sent.
        return (await OutboxOf(key).ListWaitingAsync(new DeliveryFilter { EventId = id.EventId }, 1)).FirstOrDefault() ?? await FindAsync(key, days[0], id.EventId);
    }

    /// <summary>The lines of one customer's events, as far as there are any. What waits is asked for once, and only if one of them can be among it.</summary>
    public async Task<IReadOnlyList<DeliveryEntry>> FindAllAsync(ConnectionKey key, long customerId, IReadOnlyCollection<(DateOnly Day, string EventId)> events)
    {
        var found = await Task.WhenAll(events.Select(told => FindAsync(key, told.Day, told.EventId)));
        if (found.All(entry => entry is not null))
            return found!;
        var waiting = (await OutboxOf(key).ListWaitingAsync(new DeliveryFilter { CustomerId = customerId }, events.Count)).ToLookup(entry => entry.EventId);
        var all = await Task.WhenAll(events.Zip(found, async (told, entry) => entry ?? waiting[told.EventId].FirstOrDefault() ?? await FindAsync(key, told.Day, told.EventId)));
        return [.. all.OfType<DeliveryEntry>()];
    }

    private Task<DeliveryEntry?> FindAsync(ConnectionKey key, DateOnly day, string eventId) =>
        grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(key, day).ToString()).FindAsync(eventId);

    private IOutboxGrain OutboxOf(ConnectionKey key) => grains.GetGrain<IOutboxGrain>(key.ToString());

    /// <summary>Adds what waits; says where to go on, or null after the oldest.</summary>
    private async Task<long?> ReadWaitingAsync(
        ConnectionKey key, DeliveryFilter filter, long? before, int limit, List<DeliveryEntry> entries, CancellationToken cancellationToken)
    {
        for (var asked = 0; asked < MaxAsked; asked++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var page = await OutboxOf(key).ReadWaitingAsync(filter, before, limit - entries.Count);
            entries.AddRange(page.Entries);
            before = page.Before;
            if (before is null || entries.Count >= limit)
                break;
        }

        return before;
    }

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    private static DateOnly? DayOf(DateTimeOffset? instant) => instant is { } value ? DayOf(value) : null;

    private static DateOnly Later(DateOnly? one, DateOnly other) => one > other ? one.Value : other;

    private static DateOnly Earlier(DateOnly one, DateOnly? other) => other < one ? other.Value : one;
}
