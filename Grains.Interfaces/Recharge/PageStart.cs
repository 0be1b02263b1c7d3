namespace RechargeGrains.Recharge;

/// <summary>
/// Where a reading starts. A cursor excludes every filter: Recharge answers 422 to both together.
/// </summary>
[GenerateSerializer, Immutable, Alias("rg.page-start.v1")]
public sealed record PageStart
{
    [Id(0)] public DateTimeOffset? UpdatedAfter { get; init; }
    [Id(1)] public string? Cursor { get; init; }
}
