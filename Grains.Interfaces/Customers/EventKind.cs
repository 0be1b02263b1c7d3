namespace RechargeGrains.Customers;

/// <summary>The business events that can be told to Ometria. Their public names are in <see cref="EventKinds"/>.</summary>
[GenerateSerializer, Alias("rg.event-kind.v1")]
public enum EventKind
{
    SubscriptionCreated = 0,
    SubscriptionCancelled = 1,
    SubscriptionActivated = 2,
    UpcomingCharge = 3,

    /// <summary>An announced charge was moved to another date. Sent only where it was asked for by name.</summary>
    UpcomingChargeChanged = 4,
}
