namespace RechargeGrains.Reconciliation;

/// <summary>How far what is known of a connection's customers had drifted from Recharge. Sums since the last full comparison began.</summary>
[GenerateSerializer, Immutable, Alias("rg.reconciliation-status.v1")]
public sealed record ReconciliationStatus
{
    /// <summary>Customers whose record differed, or of whom an event was missed.</summary>
    [Id(0)] public long Found { get; init; }

    /// <summary>How many of them were put right.</summary>
    [Id(1)] public long Repaired { get; init; }

    /// <summary>When the last comparison was finished.</summary>
    [Id(2)] public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>When the last comparison with everything was finished.</summary>
    [Id(3)] public DateTimeOffset? ComparedAllAt { get; init; }

    /// <summary>Whether a comparison is under way or was asked for.</summary>
    [Id(4)] public bool Busy { get; init; }

    [Id(5)] public string? Failure { get; init; }
    [Id(6)] public DateTimeOffset? FailingSince { get; init; }
}
