namespace RechargeGrains.Sandbox;

/// <summary>Subscriptions of one customer: those that are active, and all that exist whatever their status.</summary>
public readonly record struct SubscriptionCounts(int Active, int Total);
