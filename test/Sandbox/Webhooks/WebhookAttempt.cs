namespace RechargeGrains.Sandbox;

/// <summary>One try. Without a status there was no answer, and the error says why.</summary>
public sealed record WebhookAttempt(DateTimeOffset At, int? Status, string? Error);
