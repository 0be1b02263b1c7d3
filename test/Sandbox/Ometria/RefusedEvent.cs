namespace RechargeGrains.Sandbox;

/// <summary>An event that was not taken because a fault said so, however it was answered. It may have been taken at another try.</summary>
public sealed record RefusedEvent(string Id, string? EventType, long? SubscriptionId, DateTimeOffset? OccurredAt);
