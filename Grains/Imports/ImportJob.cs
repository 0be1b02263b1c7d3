namespace RechargeGrains.Grains.Imports;

/// <summary>A reading under way, as it is written down after each page. Immutable: the next page makes the next one.</summary>
internal sealed record ImportJob
{
    public required bool IsFirst { get; init; }

    /// <summary>Whether it is a re-import.</summary>
    public bool IsAgain { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Customers changed after this instant are read.</summary>
    public required DateTimeOffset UpdatedAfter { get; init; }

    /// <summary>The day that a daily run counts for; null when someone asked for it.</summary>
    public DateOnly? Day { get; init; }

    public ImportPhase Phase { get; init; }

    public string? Cursor { get; init; }

    /// <summary>
    /// <c>updated_at</c> of the last row read, to go on from when Recharge no longer knows the cursor, which it does not promise to keep.
    /// </summary>
    public DateTimeOffset? ReachedUpdatedAt { get; init; }

    public long CustomersRead { get; init; }

    /// <summary>Customers that were asked for because something of theirs was deleted.</summary>
    public int DeletionsRead { get; init; }

    public long ContactsSent { get; init; }

    public long Rejected { get; init; }
}
