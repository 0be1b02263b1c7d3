namespace RechargeGrains.Sandbox;

/// <summary>There is no "paused": a pause moves the next charge date and leaves the subscription active.</summary>
public enum SubscriptionStatus
{
    Active,
    Cancelled,

    /// <summary>It reached its greatest number of charges.</summary>
    Expired,
}
