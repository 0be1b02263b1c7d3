using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Deliveries;

internal sealed record DeliveryBody(
    string Id,
    string Type,
    string EventId,
    string Email,
    string Status,
    DateTimeOffset OccurredAt,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? SentAt,
    int Attempts,
    string? RequestId,
    string? Error)
{
    public static DeliveryBody Of(DeliveryEntry entry) => new(
        entry.EventId,
        entry.Type,
        entry.EventId,
        entry.Email,
        DeliveryStatuses.NameOf(entry.Status),
        entry.OccurredAt,
        entry.ReceivedAt,
        entry.SentAt,
        entry.Attempts,
        entry.RequestId,
        entry.Error);
}

internal sealed record DeliveryList(IReadOnlyList<DeliveryBody> Deliveries, string? NextCursor);
