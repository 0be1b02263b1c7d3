namespace RechargeGrains.Deliveries;

/// <summary>How far a replay is.</summary>
[GenerateSerializer, Immutable, Alias("rg.replay-status.v1")]
public sealed record ReplayStatus
{
    [Id(0)] public required ReplayRange Range { get; init; }

    /// <summary>How many matched when it started.</summary>
    [Id(1)] public required long Matched { get; init; }

    /// <summary>How many were handed to the outbox so far.</summary>
    [Id(2)] public required long Replayed { get; init; }
    [Id(3)] public required DateTimeOffset StartedAt { get; init; }
    [Id(4)] public DateTimeOffset? FinishedAt { get; init; }
}
