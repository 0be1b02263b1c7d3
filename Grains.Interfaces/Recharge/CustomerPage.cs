using RechargeGrains.Customers;

namespace RechargeGrains.Recharge;

/// <summary>One page of customers with their subscriptions, by ascending <c>updated_at</c>.</summary>
[GenerateSerializer, Immutable, Alias("rg.customer-page.v1")]
public sealed record CustomerPage
{
    [Id(0)] public required IReadOnlyList<CustomerSnapshot> Customers { get; init; }
    [Id(1)] public string? NextCursor { get; init; }
}
