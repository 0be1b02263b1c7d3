namespace RechargeGrains.Grains.Imports;

/// <summary>The steps of a reading, in order.</summary>
internal enum ImportPhase
{
    Customers = 0,

    /// <summary>Daily only: a subscription may change without its customer's <c>updated_at</c> moving.</summary>
    Subscriptions = 1,

    /// <summary>Everything is read; contacts that differ are sent.</summary>
    Contacts = 2,
    Done = 3,

    /// <summary>Daily only, between subscriptions and contacts: what was deleted is in no list, but in Recharge's log of events.</summary>
    Deletions = 4,
}
