using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Telemetry;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Outbox;

/// <summary>Makes an event of a line of the delivery log, to be sent once more under its id.</summary>
internal static class Replay
{
    public static OutboundEvent Of(DeliveryEntry delivery) => new()
    {
        CustomerId = delivery.CustomerId,
        Sequence = 0,
        EventId = delivery.EventId,
        Kind = delivery.Kind,
        OccurredAt = delivery.OccurredAt,
        ReceivedAt = delivery.ReceivedAt,
        Email = delivery.Email,
        PropertiesJson = delivery.PropertiesJson ?? "{}",
        IsReplay = true,
        TraceParent = Tracing.Place,
    };
}
