namespace RechargeGrains.Sandbox;

/// <summary>What happened in the store, in the words of the business.</summary>
public enum JournalKind
{
    CustomerAdded,
    CustomerDeleted,
    EmailChanged,
    SubscriptionCreated,
    SubscriptionCancelled,
    SubscriptionActivated,
    SubscriptionUpdated,
    SubscriptionExpired,
    SubscriptionDeleted,
    ChargeQueued,
    ChargeRemoved,
    ChargeMoved,
    ChargeSkipped,
    ChargeProcessed,
}
