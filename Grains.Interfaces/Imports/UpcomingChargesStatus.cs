namespace RechargeGrains.Imports;

/// <summary>How the reading of queued charges fares.</summary>
[GenerateSerializer, Immutable, Alias("rg.upcoming-charges-status.v1")]
public sealed record UpcomingChargesStatus
{
    [Id(0)] public DateTimeOffset? LastReadAt { get; init; }
    [Id(1)] public bool Busy { get; init; }
    [Id(2)] public string? Failure { get; init; }
    [Id(3)] public DateTimeOffset? FailingSince { get; init; }
}
