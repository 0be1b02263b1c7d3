namespace RechargeGrains.Imports;

/// <summary>Progress of the first import, the last daily run and the last re-import.</summary>
[GenerateSerializer, Immutable, Alias("rg.import-status.v1")]
public sealed record ImportStatus
{
    /// <summary>The first import's. A re-import does not change it: the connection is imported all the while.</summary>
    [Id(0)] public ImportState State { get; init; }
    [Id(1)] public long CustomersRead { get; init; }
    [Id(2)] public long ContactsSent { get; init; }
    [Id(3)] public DateTimeOffset? StartedAt { get; init; }
    [Id(4)] public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The last daily run, finished or not; null before the first.</summary>
    [Id(5)] public DailyRunStatus? LastDailyRun { get; init; }

    /// <summary>What holds up the reading, while something does, in words without personal data.</summary>
    [Id(6)] public string? Failure { get; init; }
    [Id(7)] public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Whether anything is being read or sent right now or is to be.</summary>
    [Id(8)] public bool Busy { get; init; }

    /// <summary>The re-import that is under way, or else the last one; null if none was ever asked for.</summary>
    [Id(9)] public ReimportStatus? Reimport { get; init; }
}
