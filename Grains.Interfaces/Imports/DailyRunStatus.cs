namespace RechargeGrains.Imports;

/// <summary>One daily run.</summary>
[GenerateSerializer, Immutable, Alias("rg.daily-run-status.v1")]
public sealed record DailyRunStatus
{
    [Id(0)] public required DateTimeOffset StartedAt { get; init; }
    [Id(1)] public DateTimeOffset? FinishedAt { get; init; }
    [Id(2)] public long CustomersRead { get; init; }
    [Id(3)] public long ContactsSent { get; init; }
    [Id(4)] public long Rejected { get; init; }
}
