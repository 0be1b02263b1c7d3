using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Ometria;

/// <summary>
/// Gives out timestamps so that no automation is entered by more than 1,000 contacts at one go, since Ometria ignores the rest
/// (support articles on timestamps and on entry triggers): five-minute slots, each with so many of one event type. An event
/// that still fits into the present slot keeps the timestamp it has; others get one in the next slot with room, spread over it. Pure but
/// for the counts.
/// </summary>
internal sealed class SlotBook
{
    public static readonly TimeSpan Slot = StampRequest.SlotLength;

    /// <summary>Ometria's limit.</summary>
    public const int Most = 1_000;

    /// <summary>In the present slot some room stays free: what was counted last may be forgotten in a crash.</summary>
    public const int MostNow = Most - Forgettable;

    /// <summary>Late ones leave room for what happens just now, which else would wait behind hours of backlog.</summary>
    public const int MostLate = 900;

    /// <summary>So many events of one type may be counted in the present slot without being written down.</summary>
    private const int Forgettable = 50;

    /// <summary>Counts by event type and by number of the slot since the beginning of time.</summary>
    public Dictionary<string, Dictionary<long, int>> Counts { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Answers the timestamp and whether the counts have to be written down before it is used.</summary>
    public (DateTimeOffset Stamp, bool MustBeKept) Take(StampRequest request, DateTimeOffset now)
    {
        var present = NumberOf(now);
        if (!Counts.TryGetValue(request.EventType, out var counts))
            Counts[request.EventType] = counts = [];
        var wanted = request.NotBefore > request.Wanted ? request.NotBefore.Value.AddSeconds(1) : request.Wanted;
        var slot = Math.Max(present, NumberOf(wanted));
        while (counts.GetValueOrDefault(slot) >= RoomIn(slot, present, request.IsLate))
            slot++;
        var before = counts.GetValueOrDefault(slot);
        counts[slot] = before + 1;
        return slot == Math.Max(present, NumberOf(wanted))
            ? (wanted, slot > present || before >= Forgettable)
            : (StartOf(slot).AddSeconds((int)(Slot.TotalSeconds * before / Most)), true);
    }

    /// <summary>Whether a timestamp is in a later slot than the present one.</summary>
    public static bool IsLater(DateTimeOffset stamp, DateTimeOffset now) => NumberOf(stamp) > NumberOf(now);

    /// <summary>Forgets slots that have passed.</summary>
    public void Forget(DateTimeOffset now)
    {
        var present = NumberOf(now);
        foreach (var (type, counts) in Counts.ToList())
        {
            foreach (var past in counts.Keys.Where(slot => slot < present).ToList())
                counts.Remove(past);
            if (counts.Count == 0)
                Counts.Remove(type);
        }
    }

    private static int RoomIn(long slot, long present, bool isLate) => isLate ? MostLate : slot == present ? MostNow : Most;

    private static long NumberOf(DateTimeOffset instant) => instant.UtcTicks / Slot.Ticks;

    private static DateTimeOffset StartOf(long slot) => new(slot * Slot.Ticks, TimeSpan.Zero);
}
