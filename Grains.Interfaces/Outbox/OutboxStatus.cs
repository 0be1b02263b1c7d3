namespace RechargeGrains.Outbox;

/// <summary>Where the events of a connection stand. Counts are since the connection was made.</summary>
[GenerateSerializer, Immutable, Alias("rg.outbox-status.v1")]
public sealed record OutboxStatus
{
    [Id(0)] public long Sent { get; init; }
    [Id(1)] public long Waiting { get; init; }
    [Id(2)] public long Rejected { get; init; }
    [Id(3)] public long DeadLettered { get; init; }
    [Id(4)] public long Suppressed { get; init; }

    /// <summary>When the first event was dead-lettered.</summary>
    [Id(7)] public DateTimeOffset? DeadLetteredSince { get; init; }

    /// <summary>When sending began to fail, while it still fails.</summary>
    [Id(5)] public DateTimeOffset? FailingSince { get; init; }

    /// <summary>What the last failure was, in words without personal data.</summary>
    [Id(6)] public string? LastFailure { get; init; }
}
