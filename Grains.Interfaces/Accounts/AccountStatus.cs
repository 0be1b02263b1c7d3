using RechargeGrains.Recharge;

namespace RechargeGrains.Accounts;

/// <summary>How an account fares.</summary>
[GenerateSerializer, Immutable, Alias("rg.account-status.v1")]
public sealed record AccountStatus
{
    /// <summary>The last four characters of the key.</summary>
    [Id(0)] public string? KeyHint { get; init; }

    /// <summary>Since when the service refuses the key (401, 403), while it does.</summary>
    [Id(1)] public DateTimeOffset? RefusedSince { get; init; }

    /// <summary>False while the key could not be verified by reading.</summary>
    [Id(2)] public bool Verified { get; init; }
    [Id(3)] public bool HasClientSecret { get; init; }
    [Id(4)] public RechargeStore? Store { get; init; }

    /// <summary>Counts the keys that were set, so that a replaced one is noticed.</summary>
    [Id(5)] public long KeyVersion { get; init; }
}
