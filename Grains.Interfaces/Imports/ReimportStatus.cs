namespace RechargeGrains.Imports;

/// <summary>A re-import: everything is read again and every contact is sent again, whatever was sent before.</summary>
[GenerateSerializer, Immutable, Alias("rg.reimport-status.v1")]
public sealed record ReimportStatus
{
    /// <summary>When it was asked for.</summary>
    [Id(0)] public required DateTimeOffset StartedAt { get; init; }
    [Id(1)] public DateTimeOffset? FinishedAt { get; init; }
    [Id(2)] public long CustomersRead { get; init; }
    [Id(3)] public long ContactsSent { get; init; }
    [Id(4)] public long Rejected { get; init; }
}
