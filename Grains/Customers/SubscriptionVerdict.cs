namespace RechargeGrains.Grains.Customers;

/// <summary>What a webhook changes and what it tells.</summary>
/// <param name="Next">The record from now on.</param>
/// <param name="Told">Events to tell, in the order they happened.</param>
/// <param name="IsStale">Whether the message was older than what was known.</param>
internal sealed record SubscriptionVerdict(SubscriptionRecord Next, IReadOnlyList<EventDraft> Told, bool IsStale);
