using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Segments;

namespace RechargeGrains.Grains.Deliveries;

/// <summary>
/// Counts a day's lines, page by page. Made when it is first asked for, by reading the day once, and kept until the day's grain is put to
/// rest; pages that changed since are read again.
/// </summary>
internal sealed class DeliveryTally(SegmentLog<DeliveryEntry> pages)
{
    private readonly Dictionary<long, IReadOnlyList<DeliveryCount>> _byPage = [];
    private readonly SemaphoreSlim _reading = new(1);

    /// <summary>The page that is being read, as long as it has not changed since.</summary>
    private long? _unchanged;

    /// <summary>Pure.</summary>
    public static IReadOnlyList<DeliveryCount> Of(IEnumerable<DeliveryEntry> entries) =>
        Sum(entries.Select(entry => new DeliveryCount(entry.ReceivedAt.UtcDateTime.Hour, entry.Type, entry.Status, 1)));

    /// <summary>As of the call; what is added meanwhile may be in it.</summary>
    public async Task<IReadOnlyList<DeliveryCount>> CountAsync()
    {
        // Whoever comes while a day is read waits, and then has little left to read.
        await _reading.WaitAsync();
        try
        {
            var counts = new List<DeliveryCount>();
            var end = pages.End;
            for (var page = pages.First; page < end; page++)
                counts.AddRange(_byPage.TryGetValue(page, out var known) ? known : await CountAsync(page));
            return Sum(counts);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Lines were added to pages or changed there: those from the first to before the end are counted anew next time.</summary>
    public void Forget(long first, long end)
    {
        for (var page = first; page < end; page++)
            _byPage.Remove(page);
        if (_unchanged >= first && _unchanged < end)
            _unchanged = null;
    }

    private async Task<IReadOnlyList<DeliveryCount>> CountAsync(long page)
    {
        _unchanged = page;
        var counts = Of(await pages.ReadAsync(page));
        if (_unchanged == page)
            _byPage[page] = counts;
        return counts;
    }

    private static IReadOnlyList<DeliveryCount> Sum(IEnumerable<DeliveryCount> counts) =>
    [
        .. counts.GroupBy(count => (count.Hour, count.Type, count.Status))
            .Select(group => new DeliveryCount(group.Key.Hour, group.Key.Type, group.Key.Status, group.Sum(count => count.Count))),
    ];
}
