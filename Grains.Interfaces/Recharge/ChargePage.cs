using RechargeGrains.Customers;

namespace RechargeGrains.Recharge;

/// <summary>One page of queued charges.</summary>
[GenerateSerializer, Immutable, Alias("rg.charge-page.v1")]
public sealed record ChargePage
{
    [Id(0)] public required IReadOnlyList<ChargeSnapshot> Charges { get; init; }
    [Id(1)] public string? NextCursor { get; init; }
}
