namespace RechargeGrains.Customers;

/// <summary>A customer as read from Recharge together with subscriptions.</summary>
[GenerateSerializer, Immutable, Alias("rg.customer-snapshot.v1")]
public sealed record CustomerSnapshot
{
    /// <summary>Null when only subscriptions were read.</summary>
    [Id(0)] public CustomerProfile? Profile { get; init; }
    [Id(1)] public required IReadOnlyList<SubscriptionSnapshot> Subscriptions { get; init; }

    /// <summary>
    /// Whether <see cref="Subscriptions"/> is the whole list, so that what is missing from it no longer exists.
    /// </summary>
    [Id(2)] public required bool IsComplete { get; init; }

    /// <summary>When the answer was received. A webhook processed since then is newer than this reading.</summary>
    [Id(3)] public required DateTimeOffset ReadAt { get; init; }

    /// <summary>Whether the contact is sent again with the numbers as they then are, also if they did not change.</summary>
    [Id(4)] public bool SendsContact { get; init; }

    /// <summary>
    /// When everything was last compared, for a comparison. A subscription from before that was known then, so one that is new to this customer
    /// was another's: customers were merged, and what it went through has been told.
    /// </summary>
    [Id(5)] public DateTimeOffset? ComparedAllAt { get; init; }
}
