using System.Text.Json;
using RechargeGrains.Deliveries;
using RechargeGrains.Ometria;

namespace RechargeGrains.Api.Deliveries;

/// <summary>
/// A line of the delivery log. <c>timestamp</c> is what it was sent with; <c>late</c> says what was done because it was too old
/// (<c>restamped</c>, <c>sent_late</c>, <c>skipped</c>, else null); <c>slot</c> is the start of the five-minute slot that it was moved to,
/// else null; <c>repeats</c> counts how often it was sent again because nobody knew whether it was accepted, <c>replays</c> how
/// often somebody had it sent again. With <c>test</c>, somebody sent it to try things out.
/// </summary>
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
    string? Error,
    long RechargeCustomerId,
    DateTimeOffset? Timestamp,
    string? Late,
    DateTimeOffset? Slot,
    int Repeats,
    int Replays,
    bool Test)
{
    public static DeliveryBody Of(DeliveryEntry entry) => new(
        DeliveryId.Of(entry).ToString(),
        entry.Type,
        entry.EventId,
        entry.Email,
        DeliveryStatuses.NameOf(entry.Status),
        entry.OccurredAt,
        entry.ReceivedAt,
        entry.SentAt,
        entry.Attempts,
        entry.RequestId,
        entry.Error,
        entry.CustomerId,
        entry.Timestamp,
        LateName(entry.Late),
        entry is { Paced: true, Timestamp: { } at } ? new DateTimeOffset(at.UtcTicks - at.UtcTicks % StampRequest.SlotLength.Ticks, TimeSpan.Zero) : null,
        entry.Repeats,
        entry.Replays,
        entry.IsTest);

    internal static string? LateName(LateHandling late) => late switch
    {
        LateHandling.Restamped => "restamped",
        LateHandling.SentLate => "sent_late",
        LateHandling.Skipped => "skipped",
        _ => null,
    };
}

internal sealed record DeliveryList(IReadOnlyList<DeliveryBody> Deliveries, string? NextCursor);

/// <summary>One delivery with what was sent.</summary>
internal sealed record DeliveryDetailBody(DeliveryBody Delivery, JsonElement? Properties)
{
    public static DeliveryDetailBody Of(DeliveryEntry entry) =>
        new(DeliveryBody.Of(entry), entry.PropertiesJson is { } json ? JsonSerializer.Deserialize<JsonElement>(json) : null);
}
