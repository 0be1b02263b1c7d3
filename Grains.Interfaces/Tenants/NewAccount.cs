using RechargeGrains.Accounts;

namespace RechargeGrains.Tenants;

/// <summary>An account to be added. Carries the key itself: never logged.</summary>
[GenerateSerializer, Immutable, Alias("rg.new-account.v1")]
public sealed record NewAccount
{
    [Id(0)] public required AccountKind Kind { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public required string ApiKey { get; init; }
    [Id(3)] public string? ClientSecret { get; init; }
}
