namespace RechargeGrains.Sandbox;

/// <summary>When a webhook was first raised and first answered 2xx, on a counter that all webhooks share.</summary>
public readonly record struct WebhookMoment(long Raised, long? Answered);
