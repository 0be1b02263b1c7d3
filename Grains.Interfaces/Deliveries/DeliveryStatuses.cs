namespace RechargeGrains.Deliveries;

/// <summary>Public names of <see cref="DeliveryStatus"/>.</summary>
public static class DeliveryStatuses
{
    public static string NameOf(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Waiting => "waiting",
        DeliveryStatus.Sent => "sent",
        DeliveryStatus.Rejected => "rejected",
        DeliveryStatus.DeadLettered => "dead_lettered",
        DeliveryStatus.Suppressed => "suppressed",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a delivery status."),
    };

    public static DeliveryStatus? Parse(string? name)
    {
        foreach (var status in Enum.GetValues<DeliveryStatus>())
        {
            if (NameOf(status) == name)
                return status;
        }

        return null;
    }
}
