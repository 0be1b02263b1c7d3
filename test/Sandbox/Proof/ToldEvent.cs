namespace RechargeGrains.Sandbox;

/// <summary>An event that happened and was accepted, with its places in both orders.</summary>
/// <param name="Fact">What it tells.</param>
/// <param name="CustomerId">Whose it is.</param>
/// <param name="Happened">Place among what happened.</param>
/// <param name="Accepted">Place among what was accepted; the first time counts.</param>
/// <param name="Moment">When its webhook was raised and answered, if that is known.</param>
internal sealed record ToldEvent(EventFact Fact, long CustomerId, long Happened, long Accepted, WebhookMoment? Moment);
