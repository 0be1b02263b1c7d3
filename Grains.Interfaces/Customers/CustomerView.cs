namespace RechargeGrains.Customers;

/// <summary>Everything known of one customer, for the people who answer "what happened to Jane's event?".</summary>
[GenerateSerializer, Immutable, Alias("rg.customer-view.v1")]
public sealed record CustomerView
{
    [Id(0)] public required long RechargeCustomerId { get; init; }
    [Id(1)] public string? Email { get; init; }
    [Id(2)] public required int TotalSubscriptions { get; init; }
    [Id(3)] public required int ActiveSubscriptions { get; init; }
    [Id(4)] public required IReadOnlyList<SubscriptionSnapshot> Subscriptions { get; init; }
    [Id(5)] public required IReadOnlyList<TimelineEntry> Timeline { get; init; }
}
