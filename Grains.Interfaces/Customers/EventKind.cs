namespace RechargeGrains.Customers;

/// <summary>The four business events that can be told to Ometria. Their public names are in <see cref="EventKinds"/>.</summary>
[GenerateSerializer, Alias("rg.event-kind.v1")]
public enum EventKind
{
    SubscriptionCreated = 0,
    SubscriptionCancelled = 1,
    SubscriptionActivated = 2,
    UpcomingCharge = 3,
}
