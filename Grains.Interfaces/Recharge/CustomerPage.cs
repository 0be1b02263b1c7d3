using RechargeGrains.Customers;

namespace RechargeGrains.Recharge;

/// <summary>One page of customers with their subscriptions, by ascending <c>updated_at</c>.</summary>
[GenerateSerializer, Immutable, Alias("rg.customer-page.v1")]
public sealed record CustomerPage
{
    [Id(0)] public required IReadOnlyList<CustomerSnapshot> Customers { get; init; }
    [Id(1)] public string? NextCursor { get; init; }

    /// <summary>Calls that it took: one, and more for each customer who came without all subscriptions.</summary>
    [Id(2)] public int Calls { get; init; } = 1;

    /// <summary>Calls a second that the key may make, as Recharge's gauge or else the setting says; 0 if that is not known.</summary>
    [Id(3)] public double CallsPerSecond { get; init; }
}
