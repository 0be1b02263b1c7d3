namespace RechargeGrains.Grains.Imports;

/// <summary>The first import's progress, kept after its end.</summary>
internal sealed record FirstImport
{
    public bool Requested { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public long CustomersRead { get; init; }

    public long ContactsSent { get; init; }
}
