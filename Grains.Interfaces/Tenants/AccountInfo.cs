using RechargeGrains.Accounts;
using RechargeGrains.Recharge;

namespace RechargeGrains.Tenants;

/// <summary>An account as it may be shown: never the key, at most its last four characters.</summary>
[GenerateSerializer, Immutable, Alias("rg.account-info.v1")]
public sealed record AccountInfo
{
    [Id(0)] public required string AccountId { get; init; }
    [Id(1)] public required AccountKind Kind { get; init; }
    [Id(2)] public required string Name { get; init; }
    [Id(3)] public required string KeyHint { get; init; }
    [Id(4)] public RechargeStore? Store { get; init; }

    /// <summary>False while an Ometria key could not be verified by reading.</summary>
    [Id(5)] public bool Verified { get; init; }
    [Id(6)] public bool HasClientSecret { get; init; }
    [Id(7)] public required DateTimeOffset CreatedAt { get; init; }
}
