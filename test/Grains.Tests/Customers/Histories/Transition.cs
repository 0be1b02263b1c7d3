using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Tests.Customers.Histories;

/// <summary>Something that happened to a subscription at Recharge, and the webhook that tells it.</summary>
/// <param name="Action">The webhook's topic behind the slash.</param>
/// <param name="At">When it happened, in whole seconds as all times at Recharge.</param>
/// <param name="Shown">What the webhook shows: the subscription at that moment.</param>
/// <param name="EventId">The event that it is, or null for a mere change.</param>
internal sealed record Transition(string Action, DateTimeOffset At, SubscriptionSnapshot Shown, string? EventId)
{
    public override string ToString() => $"{Action}@{(At - Given.Start).TotalSeconds}";
}
