using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>What is known of one subscription, and which of its transitions were told.</summary>
[GenerateSerializer, Immutable, Alias("rg.subscription-record.v1")]
internal sealed record SubscriptionRecord
{
    [Id(0)] public required SubscriptionSnapshot Snapshot { get; init; }

    [Id(1)] public bool CreatedTold { get; init; }

    /// <summary>
    /// Whether it was there before the connection's webhooks were, as a reading showed. Only a hint: clocks differ, and times are whole
    /// seconds, so it never keeps a webhook of its own from being told.
    /// </summary>
    [Id(2)] public bool IsHistory { get; init; }

    [Id(3)] public ToldTimes CancellationsTold { get; init; } = ToldTimes.None;

    [Id(4)] public ToldTimes ActivationsTold { get; init; } = ToldTimes.None;

    /// <summary>The newest <c>cancelled_at</c> that was ever seen, told or not: an active subscription no longer shows it.</summary>
    [Id(5)] public DateTimeOffset? LastCancelledAt { get; init; }

    /// <summary>Activations that a reading told, because no webhook had. The newest few.</summary>
    [Id(6)] public ReadActivation[] ActivationsRead { get; init; } = [];

    /// <summary>Activations that were not told, because no cancellation before them is known that they could undo.</summary>
    [Id(7)] public DateTimeOffset[] ActivationsHeld { get; init; } = [];

    /// <summary>When the last of those was received, while it is waited for.</summary>
    [Id(8)] public DateTimeOffset? HeldSince { get; init; }

    /// <summary>When a webhook last changed it; a reading that began before is older than this record.</summary>
    [Id(9)] public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The same record with what was seen of the subscription now.</summary>
    public SubscriptionRecord Showing(SubscriptionSnapshot snapshot) => this with
    {
        Snapshot = snapshot,
        LastCancelledAt = snapshot.CancelledAt > LastCancelledAt ? snapshot.CancelledAt : LastCancelledAt ?? snapshot.CancelledAt,
    };
}
