using RechargeGrains.Customers;
using RechargeGrains.Tenants;

namespace RechargeGrains.Connections;

/// <summary>What staff of the hosting company have switched on for a tenant. Nothing is on at first.</summary>
[GenerateSerializer, Immutable, Alias("rg.enablement.v1")]
public sealed record Enablement
{
    public static readonly Enablement None = new() { Recharge = false, CustomEvents = [] };

    [Id(0)] public required bool Recharge { get; init; }
    [Id(1)] public required IReadOnlyList<EventKind> CustomEvents { get; init; }

    /// <summary>What staff have set for the tenant alone; null if nothing.</summary>
    [Id(2)] public TenantQuotas? Quotas { get; init; }
}
