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
internal sealed class DeliveryLogGrain(
    [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
    IGrainContext context) : Grain, IDeliveryLogGrain
{
    /// <summary>Lines in one stored page.</summary>
    private const int PageSize = 200;

    /// <summary>Pages that one call looks through, so that a filter that matches little cannot hold the log for long.</summary>
    private const int MaxPagesRead = 50;

    private readonly SegmentLog<DeliveryEntry> _pages = new(storage, context.GrainId, "page", PageSize);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _pages.LoadAsync();

    public async Task AppendAsync(IReadOnlyList<DeliveryEntry> entries)
    {
        await _pages.AppendAsync(entries).OrDeactivateAsync(this);
    }

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
}
