using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Imports;

/// <summary>One preview, as it is written down after each page. Immutable: the next page makes the next one.</summary>
internal sealed record PreviewRun
{
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Customers changed after it are counted; all of them if null.</summary>
    public DateTimeOffset? CustomersStartDate { get; init; }

    public ImportPreviewState State { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Cursor { get; init; }

    /// <summary><c>updated_at</c> of the last row read, to go on from when Recharge no longer knows the cursor.</summary>
    public DateTimeOffset? ReachedUpdatedAt { get; init; }

    public long Customers { get; init; }

    public long Subscriptions { get; init; }

    public long Active { get; init; }

    public long Pages { get; init; }

    /// <summary>Calls that the pages took; an import takes as many.</summary>
    public long Calls { get; init; }

    /// <summary>Calls a second that the key may make, as of the last page; 0 if that is not known.</summary>
    public double CallsPerSecond { get; init; }

    public string? Failure { get; init; }
}
