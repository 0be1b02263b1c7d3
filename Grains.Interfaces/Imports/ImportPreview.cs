namespace RechargeGrains.Imports;

/// <summary>What a first import would read, as far as it is counted.</summary>
[GenerateSerializer, Immutable, Alias("rg.import-preview-status.v1")]
public sealed record ImportPreview
{
    [Id(0)] public required ImportPreviewState State { get; init; }

    /// <summary>Customers changed after it are counted; all of them if null.</summary>
    [Id(1)] public DateTimeOffset? CustomersStartDate { get; init; }
    [Id(2)] public long Customers { get; init; }

    /// <summary>Subscriptions of those customers, whatever their status.</summary>
    [Id(3)] public long Subscriptions { get; init; }

    /// <summary>Those of them that are active.</summary>
    [Id(4)] public long Active { get; init; }

    /// <summary>Pages of 250 customers.</summary>
    [Id(5)] public long PagesRead { get; init; }
    [Id(6)] public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the counting ended, well or not.</summary>
    [Id(7)] public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How long the first import of what is counted takes at the rate limits of both services.</summary>
    [Id(8)] public long EstimatedSeconds { get; init; }

    /// <summary>Why it failed, or what holds it up while it is counting, in words without personal data.</summary>
    [Id(9)] public string? Failure { get; init; }
}
