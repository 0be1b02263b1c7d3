namespace RechargeGrains.Customers;

/// <summary>
/// One subscription as Recharge showed it at one moment (API 2021-11). Every field but the ids may be missing.
/// <see cref="UpdatedAt"/> orders snapshots; it does not move when only the next charge date does.
/// </summary>
[GenerateSerializer, Immutable, Alias("rg.subscription.v1")]
public sealed record SubscriptionSnapshot
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required long CustomerId { get; init; }
    [Id(2)] public long? AddressId { get; init; }
    [Id(3)] public SubscriptionStatus Status { get; init; }
    [Id(4)] public DateTimeOffset? CreatedAt { get; init; }
    [Id(5)] public DateTimeOffset? UpdatedAt { get; init; }
    [Id(6)] public DateTimeOffset? CancelledAt { get; init; }
    [Id(7)] public string? CancellationReason { get; init; }
    [Id(8)] public string? ProductId { get; init; }
    [Id(9)] public string? VariantId { get; init; }
    [Id(10)] public string? ProductTitle { get; init; }
    [Id(11)] public string? VariantTitle { get; init; }

    /// <summary>Price of one unit before discounts, tax and shipping, in the store's currency.</summary>
    [Id(12)] public decimal? Price { get; init; }
    [Id(13)] public int? Quantity { get; init; }
    [Id(14)] public int? IntervalFrequency { get; init; }

    /// <summary><c>day</c>, <c>week</c> or <c>month</c>.</summary>
    [Id(15)] public string? IntervalUnit { get; init; }

    /// <summary>A bare date in the store's calendar; never shifted through a time zone.</summary>
    [Id(16)] public DateOnly? NextChargeDate { get; init; }
}
