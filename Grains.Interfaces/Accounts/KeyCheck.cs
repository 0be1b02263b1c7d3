using RechargeGrains.Recharge;

namespace RechargeGrains.Accounts;

/// <summary>What a check of an API key came to.</summary>
[GenerateSerializer, Immutable, Alias("rg.key-check.v1")]
public sealed record KeyCheck
{
    [Id(0)] public required KeyVerdict Verdict { get; init; }

    /// <summary>What a person should know or do, without the key.</summary>
    [Id(1)] public string? Detail { get; init; }

    /// <summary>Scopes that the key lacks, for <see cref="KeyVerdict.MissingScopes"/>.</summary>
    [Id(2)] public IReadOnlyList<string> MissingScopes { get; init; } = [];

    /// <summary>The store, when a Recharge key was accepted.</summary>
    [Id(3)] public RechargeStore? Store { get; init; }
}
