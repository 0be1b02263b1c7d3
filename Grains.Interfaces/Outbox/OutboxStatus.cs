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

    /// <summary>
    /// Events sent again after a push of which nobody knows whether it was accepted (a kill, a time-out, a lost answer), each time counted.
    /// At most so many may have been accepted more than once, under the id they had.
    /// </summary>
    [Id(8)] public long Repeated { get; init; }

    /// <summary>The latest timestamp that was moved into the future, because Ometria takes at most 1,000 of a type at one go.</summary>
    [Id(9)] public DateTimeOffset? PacedUntil { get; init; }

    /// <summary>Events whose timestamp was moved so, of the mass that is under way.</summary>
    [Id(10)] public long Paced { get; init; }

    /// <summary>Errors that Ometria found later and that name no record, so that nobody can say whose they are; of the last day.</summary>
    [Id(11)] public long UnmatchedErrors { get; init; }
    [Id(12)] public DateTimeOffset? UnmatchedErrorAt { get; init; }

    /// <summary>Where in a record the last one was.</summary>
    [Id(13)] public string? UnmatchedErrorPath { get; init; }

    /// <summary>How many more events may wait before webhooks are turned away.</summary>
    [Id(14)] public long Room { get; init; } = long.MaxValue;

    /// <summary>
    /// When the oldest event of those that are being sent was learnt of; null while none waits or nothing is to be sent. Events that
    /// somebody sends again do not count.
    /// </summary>
    [Id(15)] public DateTimeOffset? OldestWaitingAt { get; init; }

    /// <summary>Events that wait in all outboxes of the tenant, as far as this one has heard.</summary>
    [Id(16)] public long TenantWaiting { get; init; }

    /// <summary>How many more may before webhooks are turned away.</summary>
    [Id(17)] public long TenantRoom { get; init; } = long.MaxValue;
}
