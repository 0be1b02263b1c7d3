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

    /// <summary>
    /// Whether the records may have been accepted although nothing says so: no answer came to a push that was sent, or one that nobody
    /// can read. Sending them again may be a second acceptance, and is counted as such.
    /// </summary>
    [Id(6)] public bool MayHaveArrived { get; init; }

    /// <summary>Ids of the records that Ometria rejected, where it names them; not documented, so it may name none of several.</summary>
    [Id(7)] public IReadOnlyList<string> RejectedIds { get; init; } = [];
}
