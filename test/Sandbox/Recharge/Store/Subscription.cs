namespace RechargeGrains.Sandbox;

public sealed record Subscription
{
    public required long Id { get; init; }

    public required long AddressId { get; init; }

    public required long CustomerId { get; init; }

    public required SubscriptionStatus Status { get; init; }

    public required Variant Variant { get; init; }

    public required int Quantity { get; init; }

    public required decimal Price { get; init; }

    public required Interval Interval { get; init; }

    public int? ExpireAfterCharges { get; init; }

    /// <summary>Null when cancelled or expired.</summary>
    public DateOnly? NextChargeOn { get; init; }

    public DateTimeOffset? CancelledAt { get; init; }

    public string? CancellationReason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Does not move when only <see cref="NextChargeOn"/> does.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    public bool IsActive => Status == SubscriptionStatus.Active;
}
