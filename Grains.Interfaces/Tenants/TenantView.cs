using RechargeGrains.Connections;

namespace RechargeGrains.Tenants;

/// <summary>A tenant as staff see it.</summary>
[GenerateSerializer, Immutable, Alias("rg.tenant-view.v1")]
public sealed record TenantView
{
    [Id(0)] public required string TenantId { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required Enablement Enablement { get; init; }
    [Id(3)] public required IReadOnlyList<string> ConnectionIds { get; init; }
    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What holds, nothing left out.</summary>
    [Id(5)] public TenantQuotas Quotas { get; init; } = new();

    /// <summary>What staff have set for this tenant alone.</summary>
    [Id(6)] public TenantQuotas OwnQuotas { get; init; } = new();
}
