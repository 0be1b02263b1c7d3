namespace RechargeGrains.Deliveries;

/// <summary>One event's line in the delivery log. Entries of the same id are versions; the newest counts.</summary>
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
}
