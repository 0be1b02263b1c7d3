using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Segments;

namespace RechargeGrains.Grains.Deliveries;

/// <summary>
/// Knows on which page of a day an event's line is. Made when it is first asked for, by reading the day once, and kept until the day's
/// grain is put to rest: most days are never searched.
/// </summary>
internal sealed class DeliveryIndex(SegmentLog<DeliveryEntry> pages)
{
    private readonly Dictionary<string, long> _pageOf = new(StringComparer.Ordinal);
    private Task? _reading;
    private long _readFrom;

    /// <summary>The page, or null if the day has no line of the event.</summary>
    public async Task<long?> FindAsync(string eventId)
    {
        while (_reading is not null || _readFrom < pages.End)
        {
            // Whoever comes while it is being read waits for the same reading.
            await (_reading ??= ReadAsync());
        }

        return _pageOf.TryGetValue(eventId, out var page) ? page : null;
    }

    /// <summary>Lines were added: from this page on they have to be looked up anew.</summary>
    public void Forget(IReadOnlyCollection<DeliveryEntry> added, long firstPage)
    {
        if (added.Count > 0)
            _readFrom = Math.Min(_readFrom, firstPage);
    }

    private async Task ReadAsync()
    {
        // So that it is known as under way before it can be over.
        await Task.Yield();
        try
        {
            for (_readFrom = Math.Max(_readFrom, pages.First); _readFrom < pages.End;)
            {
                // Counted as read before the wait, so that lines that are added to it meanwhile have it read again.
                var page = _readFrom++;
                try
                {
                    foreach (var entry in await pages.ReadAsync(page))
                        _pageOf[entry.EventId] = page;
                }
                catch
                {
                    _readFrom = Math.Min(_readFrom, page);
                    throw;
                }
            }
        }
        finally
        {
            _reading = null;
        }
    }
}
