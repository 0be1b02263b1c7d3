namespace RechargeGrains.Sandbox;

/// <summary>One business fact, whoever learnt of it and however.</summary>
public sealed record JournalEntry
{
    /// <summary>Counts from 1 in the order in which things happened.</summary>
    public long Sequence { get; init; }

    public required JournalKind Kind { get; init; }

    /// <summary>The instant the store wrote on the object (whole seconds), for instance its <c>cancelled_at</c>.</summary>
    public required DateTimeOffset At { get; init; }

    public required long CustomerId { get; init; }

    /// <summary>The customer's e-mail address at that instant.</summary>
    public required string Email { get; init; }

    public long? SubscriptionId { get; init; }

    public long? AddressId { get; init; }

    public long? ChargeId { get; init; }

    /// <summary>The calendar date of the charge that the entry is about.</summary>
    public DateOnly? ChargeOn { get; init; }

    public string? Detail { get; init; }
}
