namespace RechargeGrains.Connections;

/// <summary>Webhooks counted at the front door.</summary>
[GenerateSerializer, Immutable, Alias("rg.hook-counts.v1")]
public readonly record struct HookCounts([property: Id(0)] long Received, [property: Id(1)] long Duplicates, [property: Id(2)] long BadSignatures)
{
    /// <summary>Turned away, because the tenant had more than its quota.</summary>
    [Id(3)] public long OverQuota { get; init; }
}
