using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Work;

namespace RechargeGrains.Grains.Deliveries;

/// <inheritdoc cref="IDeliveryLogGrain"/>
[GrainType("rg-delivery-log"), Reentrant, CollectionAgeLimit(Minutes = 10)]
internal sealed class DeliveryLogGrain : Grain, IDeliveryLogGrain
{
    /// <summary>Lines in one stored page.</summary>
    private const int PageSize = 200;

    /// <summary>Pages that one call looks through, so that a filter that matches little cannot hold the log for long.</summary>
    private const int MaxPagesRead = 50;

    private readonly SegmentLog<DeliveryEntry> _pages;
    private readonly DeliveryIndex _index;
    private readonly DeliveryTally _tally;

    public DeliveryLogGrain([FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage, IGrainContext context)
    {
        _pages = new SegmentLog<DeliveryEntry>(storage, context.GrainId, "page", PageSize);
        _index = new DeliveryIndex(_pages);
        _tally = new DeliveryTally(_pages);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _pages.LoadEndsAsync();

    public async Task AppendAsync(IReadOnlyList<DeliveryEntry> entries, bool mayBeThere)
    {
        var fresh = new List<DeliveryEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (!mayBeThere || await _index.FindAsync(entry.EventId) is not { } page || !await ReplaceAsync(page, entry))
                fresh.Add(entry);
        }

        var first = _pages.End;
        var durable = _pages.AppendAsync(fresh);
        _index.Forget(fresh, firstPage: Math.Max(_pages.First, first - 1));
        if (fresh.Count > 0)
            _tally.Forget(first - 1, _pages.End);
        await durable.OrDeactivateAsync(this);
    }

    public async Task<DeliveryEntry?> FindAsync(string eventId) =>
        await _index.FindAsync(eventId) is { } page ? (await _pages.ReadAsync(page)).FirstOrDefault(entry => entry.EventId == eventId) : null;

    public async Task<DeliveryPage> ReadAsync(DeliveryFilter filter, long? before, int limit)
    {
        var found = new List<DeliveryEntry>();
        var page = before is { } position ? position / PageSize : _pages.End - 1;
        var index = before is { } inPage ? (int)(inPage % PageSize) - 1 : int.MaxValue;
        for (var read = 0; page >= _pages.First && read < MaxPagesRead; page--, read++, index = int.MaxValue)
        {
            var entries = page < _pages.End ? await _pages.ReadAsync(page) : [];
            for (var i = Math.Min(index, entries.Count - 1); i >= 0; i--)
            {
                if (!filter.Matches(entries[i]))
                    continue;
                found.Add(entries[i]);
                if (found.Count == limit)
                    return new DeliveryPage { Entries = found, Before = page * PageSize + i };
            }
        }

        return new DeliveryPage { Entries = found, Before = page >= _pages.First ? (page + 1) * PageSize : null };
    }

    public async Task<DeliveryPage> ScanAsync(DeliveryFilter filter, long from, int limit)
    {
        var found = new List<DeliveryEntry>();
        var page = Math.Max(_pages.First, from / PageSize);
        var index = page == from / PageSize ? (int)(from % PageSize) : 0;
        for (var read = 0; page < _pages.End && read < MaxPagesRead; page++, read++, index = 0)
        {
            var entries = await _pages.ReadAsync(page);
            for (var i = index; i < entries.Count; i++)
            {
                if (!filter.Matches(entries[i]))
                    continue;
                found.Add(entries[i]);
                if (found.Count == limit)
                    return new DeliveryPage { Entries = found, Next = page * PageSize + i + 1 };
            }
        }

        return new DeliveryPage { Entries = found, Next = page < _pages.End ? page * PageSize : null };
    }

    public Task<IReadOnlyList<DeliveryCount>> CountAsync() => _tally.CountAsync();

    public async Task RemoveAsync()
    {
        _pages.Seal();
        await _pages.WhenDurableAsync().OrDeactivateAsync(this);
        await _pages.RemoveAllAsync().OrDeactivateAsync(this);
        DeactivateOnIdle();
    }

    private async Task<bool> ReplaceAsync(long page, DeliveryEntry entry)
    {
        var replaced = false;
        await _pages.RewriteAsync(page, entries =>
        {
            var i = entries.FindIndex(known => known.EventId == entry.EventId);
            if (i >= 0)
                (entries[i], replaced) = (entry, true);
            if (replaced)
                _tally.Forget(page, page + 1);
            return replaced;
        }).OrDeactivateAsync(this);
        return replaced;
    }
}
