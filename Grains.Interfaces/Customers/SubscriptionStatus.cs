namespace RechargeGrains.Customers;

/// <summary>What a subscription is, as far as counting goes. Only <see cref="Active"/> counts as active.</summary>
[GenerateSerializer, Alias("rg.subscription-status.v1")]
public enum SubscriptionStatus
{
    /// <summary>A status that Recharge has not documented; it counts into the total and never as active.</summary>
    Other = 0,
    Active = 1,
    Cancelled = 2,
    Expired = 3,

    /// <summary>No longer in the customer's list at Recharge. The customer did have it, so it stays in the total.</summary>
    Deleted = 4,
}
