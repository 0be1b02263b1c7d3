namespace RechargeGrains.Ometria;

/// <summary>What Ometria said to a push.</summary>
[GenerateSerializer, Immutable, Alias("rg.push-result.v1")]
public sealed record PushResult
{
    [Id(0)] public required PushOutcome Outcome { get; init; }
    [Id(1)] public int Rejected { get; init; }
    [Id(2)] public string? RequestId { get; init; }

    /// <summary>HTTP status, or null if there was no answer.</summary>
    [Id(3)] public int? Status { get; init; }

    /// <summary>Ometria's words, shortened. They may quote a record, so they go into the delivery log and never into a log line.</summary>
    [Id(4)] public string? Detail { get; init; }

    /// <summary>How long Ometria asked to wait.</summary>
    [Id(5)] public TimeSpan? RetryAfter { get; init; }
}
