namespace RechargeGrains.Deliveries;

/// <summary>Which lines of the delivery log are asked for; what is null does not narrow.</summary>
[GenerateSerializer, Immutable, Alias("rg.delivery-filter.v1")]
public sealed record DeliveryFilter
{
    [Id(0)] public DeliveryStatus? Status { get; init; }
    [Id(1)] public string? Type { get; init; }
    [Id(2)] public string? Email { get; init; }

    /// <summary>Bounds on when the event was received; the first is inclusive, the second is not.</summary>
    [Id(3)] public DateTimeOffset? From { get; init; }
    [Id(4)] public DateTimeOffset? To { get; init; }
    [Id(5)] public string? EventId { get; init; }
    [Id(6)] public long? CustomerId { get; init; }

    public bool Matches(DeliveryEntry entry) =>
        (Status is null || entry.Status == Status)
        && (EventId is null || entry.EventId == EventId)
        && (CustomerId is null || entry.CustomerId == CustomerId)
        && (Type is null || entry.Type == Type)
        && (Email is null || string.Equals(entry.Email, Email.Trim(), StringComparison.OrdinalIgnoreCase))
        && (From is null || entry.ReceivedAt >= From)
        && (To is null || entry.ReceivedAt < To);
}
