using RechargeGrains.Audit;

namespace RechargeGrains.Api.Pages.Audit;

/// <summary>What is shown of an audit log: the newest, and as much of the older as was asked for.</summary>
internal sealed class AuditPages(IAuditGrain log)
{
    private const int PageSize = 50;

    private long? _before;
    private bool _isLoadingOlder;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<AuditEntry> Entries { get; private set; } = [];

    /// <summary>Whether there are older ones.</summary>
    public bool HasOlder => _before is not null;

    /// <summary>Takes in what was written since. What was shown stays, unless more was written than a page holds.</summary>
    public async Task LoadAsync()
    {
        var page = await log.ReadAsync(null, PageSize);
        var known = Entries.Count == 0 ? -1 : page.Entries.ToList().IndexOf(Entries[0]);
        if (known >= 0)
        {
            Entries = [.. page.Entries.Take(known), .. Entries];
            return;
        }

        (Entries, _before) = (page.Entries, page.Before);
    }

    /// <summary>Adds a page of older ones; does nothing while one is on its way.</summary>
    public async Task LoadOlderAsync()
    {
        if (_before is not { } before || _isLoadingOlder)
            return;
        _isLoadingOlder = true;
        try
        {
            var page = await log.ReadAsync(before, PageSize);
            // If everything began anew meanwhile, they do not follow what is shown.
            if (_before == before)
                (Entries, _before) = ([.. Entries, .. page.Entries], page.Before);
        }
        finally
        {
            _isLoadingOlder = false;
        }
    }
}
