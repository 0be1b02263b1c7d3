using RechargeGrains.Customers;

namespace RechargeGrains.Deliveries;

/// <summary>One event's line in the delivery log. An event has one line, which says what became of it last.</summary>
[GenerateSerializer, Immutable, Alias("rg.delivery-entry.v1")]
public sealed record DeliveryEntry
{
    [Id(0)] public required string EventId { get; init; }
    [Id(1)] public required string Type { get; init; }
    [Id(2)] public required string Email { get; init; }
    [Id(3)] public required DeliveryStatus Status { get; init; }
    [Id(4)] public required DateTimeOffset OccurredAt { get; init; }
    [Id(5)] public required DateTimeOffset ReceivedAt { get; init; }
    [Id(6)] public DateTimeOffset? SentAt { get; init; }
    [Id(7)] public int Attempts { get; init; }

    /// <summary>Ometria's <c>request_id</c> of the push that carried it.</summary>
    [Id(8)] public string? RequestId { get; init; }

    /// <summary>Ometria's words, or ours, when it was not accepted.</summary>
    [Id(9)] public string? Error { get; init; }
    [Id(10)] public long CustomerId { get; init; }
    [Id(11)] public EventKind Kind { get; init; }

    /// <summary>The <c>properties</c> of the record, kept so that it can be sent again. Null for lines from before they were kept.</summary>
    [Id(12)] public string? PropertiesJson { get; init; }

    /// <summary>The timestamp it was sent with, which differs from <see cref="OccurredAt"/> if it was late or one of too many.</summary>
    [Id(13)] public DateTimeOffset? Timestamp { get; init; }
    [Id(14)] public LateHandling Late { get; init; }

    /// <summary>Whether its timestamp was moved to a later slot, because Ometria ignores more than 1,000 at one go.</summary>
    [Id(15)] public bool Paced { get; init; }

    /// <summary>How often it was sent again although a push before may have been accepted.</summary>
    [Id(16)] public int Repeats { get; init; }

    /// <summary>How often somebody had it sent again.</summary>
    [Id(17)] public int Replays { get; init; }

    /// <summary>Whether somebody sent it to try things out: nothing happened at Recharge.</summary>
    public bool IsTest => TestEventId.Is(EventId);
}
