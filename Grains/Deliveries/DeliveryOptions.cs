namespace RechargeGrains.Grains.Deliveries;

/// <summary>Settings under <c>Deliveries</c>.</summary>
public sealed class DeliveryOptions
{
    public const string Section = "Deliveries";

    /// <summary>
    /// Days for which the delivery log is kept; older days are removed for good, and what is in them can no longer be sent again.
    /// Default 90.
    /// </summary>
    public int KeepDays { get; set; } = 90;
}
