using RechargeGrains.Customers;

namespace RechargeGrains.Recharge;

/// <summary>One page of subscriptions.</summary>
[GenerateSerializer, Immutable, Alias("rg.subscription-page.v1")]
public sealed record SubscriptionPage
{
    [Id(0)] public required IReadOnlyList<SubscriptionSnapshot> Subscriptions { get; init; }
    [Id(1)] public string? NextCursor { get; init; }
}
