using RechargeGrains.Customers;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Customers;

/// <summary>An event that was decided and is not known to be in the outbox; it may still lack an e-mail address.</summary>
[GenerateSerializer, Immutable, Alias("rg.pending-event.v1")]
internal sealed record PendingEvent
{
    [Id(0)] public required long Sequence { get; init; }

    [Id(1)] public required string EventId { get; init; }

    [Id(2)] public required EventKind Kind { get; init; }

    [Id(3)] public required DateTimeOffset OccurredAt { get; init; }

    [Id(4)] public required DateTimeOffset ReceivedAt { get; init; }

    [Id(5)] public required string PropertiesJson { get; init; }

    /// <inheritdoc cref="OutboundEvent.TraceParent"/>
    [Id(6)] public string? TraceParent { get; init; }

    public OutboundEvent To(long customerId, string email, bool isRecorded) => new()
    {
        CustomerId = customerId,
        Sequence = Sequence,
        EventId = EventId,
        Kind = Kind,
        OccurredAt = OccurredAt,
        ReceivedAt = ReceivedAt,
        Email = email,
        PropertiesJson = PropertiesJson,
        IsRecorded = isRecorded,
        TraceParent = TraceParent,
    };
}
