using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>What is known of one subscription, and which of its transitions were told.</summary>
internal sealed record SubscriptionRecord
{
    public required SubscriptionSnapshot Snapshot { get; init; }

    public bool CreatedTold { get; init; }

    /// <summary>
    /// Whether it was there before the connection's webhooks were, as a reading showed. Only a hint: clocks differ, and times are whole
    /// seconds, so it never keeps a webhook of its own from being told.
    /// </summary>
    public bool IsHistory { get; init; }

    public ToldTimes CancellationsTold { get; init; } = ToldTimes.None;

    public ToldTimes ActivationsTold { get; init; } = ToldTimes.None;

    /// <summary>The newest <c>cancelled_at</c> that was ever seen, told or not: an active subscription no longer shows it.</summary>
    public DateTimeOffset? LastCancelledAt { get; init; }

    /// <summary>Activations that a reading told, because no webhook had. The newest few.</summary>
    public IReadOnlyList<ReadActivation> ActivationsRead { get; init; } = [];

    /// <summary>Activations that were not told, because no cancellation before them is known that they could undo.</summary>
    public IReadOnlyList<DateTimeOffset> ActivationsHeld { get; init; } = [];

    /// <summary>When the last of those was received, while it is waited for.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>When a webhook last changed it; a reading that began before is older than this record.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The same record with what was seen of the subscription now.</summary>
    public SubscriptionRecord Showing(SubscriptionSnapshot snapshot) => this with
    {
        Snapshot = snapshot,
        LastCancelledAt = snapshot.CancelledAt > LastCancelledAt ? snapshot.CancelledAt : LastCancelledAt ?? snapshot.CancelledAt,
    };
}
