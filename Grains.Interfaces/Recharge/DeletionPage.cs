namespace RechargeGrains.Recharge;

/// <summary>One page of what was deleted at Recharge: whose it was.</summary>
[GenerateSerializer, Immutable, Alias("rg.deletion-page.v1")]
public sealed record DeletionPage
{
    [Id(0)] public required IReadOnlyList<long> CustomerIds { get; init; }
    [Id(1)] public string? NextCursor { get; init; }
}
