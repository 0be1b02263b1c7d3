using RechargeGrains.Customers;

namespace RechargeGrains.Outbox;

/// <summary>A business event ready to be told to Ometria.</summary>
[GenerateSerializer, Immutable, Alias("rg.outbound-event.v1")]
public sealed record OutboundEvent
{
    [Id(0)] public required long CustomerId { get; init; }

    /// <summary>
    /// Counts this customer's events from 1. The outbox takes each number once, in ascending order. 0 for what is no customer's next event: one
    /// that is sent again, or a test.
    /// </summary>
    [Id(1)] public required long Sequence { get; init; }

    /// <summary>The same for the same business event by whatever way it is learnt; free of personal data.</summary>
    [Id(2)] public required string EventId { get; init; }
    [Id(3)] public required EventKind Kind { get; init; }

    /// <summary>When it happened at Recharge.</summary>
    [Id(4)] public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When we learnt of it.</summary>
    [Id(5)] public required DateTimeOffset ReceivedAt { get; init; }
    [Id(6)] public required string Email { get; init; }

    /// <summary>The <c>properties</c> of the record, as a JSON object.</summary>
    [Id(7)] public required string PropertiesJson { get; init; }

    /// <summary>Somebody wants it sent again: it has no number and is not held against what was taken before.</summary>
    [Id(8)] public bool IsReplay { get; init; }

    /// <summary>Whether the contact book knows the customer's numbers, or has known some.</summary>
    [Id(9)] public bool IsRecorded { get; init; }

    /// <summary>Where in the trace of its webhook it was told (W3C <c>traceparent</c>); null if that is not recorded.</summary>
    [Id(10)] public string? TraceParent { get; init; }

    public bool HasNumber => Sequence > 0;
}
