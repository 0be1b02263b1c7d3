namespace RechargeGrains.Deliveries;

/// <summary>What became of an event. Public names are in <see cref="DeliveryStatuses"/>.</summary>
[GenerateSerializer, Alias("rg.delivery-status.v1")]
public enum DeliveryStatus
{
    Waiting = 0,
    Sent = 1,
    Rejected = 2,
    DeadLettered = 3,
    Suppressed = 4,
}
