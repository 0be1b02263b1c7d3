namespace RechargeGrains.Sandbox;

public sealed record ChargeLine(long SubscriptionId, Variant Variant, int Quantity, decimal UnitPrice)
{
    public decimal Total => Quantity * UnitPrice;
}
