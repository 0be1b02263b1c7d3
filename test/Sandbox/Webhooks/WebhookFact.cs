namespace RechargeGrains.Sandbox;

/// <summary>What a webhook of a subscription tells: the topic, of which one, and the second it wrote on it.</summary>
public readonly record struct WebhookFact(string Topic, long SubscriptionId, DateTimeOffset At);
