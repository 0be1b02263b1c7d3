using RechargeGrains.Customers;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Customers;

/// <summary>An event that was decided and is not known to be in the outbox; it may still lack an e-mail address.</summary>
internal sealed record PendingEvent
{
    public required long Sequence { get; init; }

    public required string EventId { get; init; }

    public required EventKind Kind { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string PropertiesJson { get; init; }

    /// <inheritdoc cref="OutboundEvent.TraceParent"/>
    public string? TraceParent { get; init; }

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
