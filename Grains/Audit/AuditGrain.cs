using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Audit;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Work;

namespace RechargeGrains.Grains.Audit;

/// <inheritdoc cref="IAuditGrain"/>
[GrainType("rg-audit"), Reentrant]
internal sealed class AuditGrain : Grain, IAuditGrain
{
    private const int PageSize = 100;

    /// <summary>More than people do in years; what fills it is a program, whose oldest lines are missed least.</summary>
    private const int MaxPages = 1_000;

    private readonly SegmentLog<AuditEntry> _pages;

    private bool _isTrimming;

    public AuditGrain([FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage, IGrainContext context)
    {
        _pages = new SegmentLog<AuditEntry>(storage, context.GrainId, "page", PageSize);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _pages.LoadEndsAsync();
        // People do little at a time: a page for each activation would have the oldest trimmed after a thousand of them.
        await _pages.ReopenAsync();
    }

    public async Task AddAsync(AuditEntry entry)
    {
        await _pages.AppendAsync([entry]).OrDeactivateAsync(this);
        if (_pages.End - _pages.First <= MaxPages || _isTrimming)
            return;
        _isTrimming = true;
        try
        {
            await _pages.TrimAsync(_pages.End - 1 - MaxPages).OrDeactivateAsync(this);
        }
        finally
        {
            _isTrimming = false;
        }
    }

    public async Task<AuditPage> ReadAsync(long? before, int limit)
    {
        var found = new List<AuditEntry>();
        var end = _pages.End * PageSize;
        // A place beyond the end may be asked for by anybody, and would be walked to.
        var position = Math.Min(before ?? end, end);
        while (found.Count < limit && position > _pages.First * PageSize)
        {
            var page = (position - 1) / PageSize;
            var entries = page < _pages.End ? await _pages.ReadAsync(page) : [];
            for (var i = Math.Min((int)(position - page * PageSize), entries.Count) - 1; i >= 0 && found.Count < limit; i--)
            {
                found.Add(entries[i]);
                position = page * PageSize + i;
            }

            if (found.Count < limit)
                position = page * PageSize;
        }

        return new AuditPage(found, position > _pages.First * PageSize ? position : null);
    }
}
