namespace RechargeGrains.Grains.Reconciliation;

/// <summary>A comparison under way, as it is written down after each page.</summary>
internal sealed record ReconciliationJob
{
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Customers changed after this instant are read.</summary>
    public required DateTimeOffset CustomersAfter { get; init; }

    /// <summary>Subscriptions changed after this instant are read: one may change without its customer.</summary>
    public required DateTimeOffset SubscriptionsAfter { get; init; }

    /// <summary>Whether it looks at everything, for the night's sake or because someone asked.</summary>
    public bool IsFull { get; init; }

    /// <summary>The night that a full comparison counts for.</summary>
    public DateOnly? Night { get; init; }

    /// <summary>
    /// What happened before it is told at once instead of being left to a webhook that may be on its way: no webhook could come, or someone
    /// asked.
    /// </summary>
    public DateTimeOffset? ToldUntil { get; init; }

    public bool IsAtSubscriptions { get; init; }

    /// <summary>Whether it has read everything and looks for known customers that were nowhere in it.</summary>
    public bool IsAtGone { get; init; }

    /// <summary>Parts of the contact book that were looked through, and customers that had to be asked for one by one.</summary>
    public int Parts { get; init; }

    public int LookedUp { get; init; }

    public string? Cursor { get; init; }

    /// <summary>To go on from when Recharge no longer knows the cursor.</summary>
    public DateTimeOffset? ReachedUpdatedAt { get; init; }
}
