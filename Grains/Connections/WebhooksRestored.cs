namespace RechargeGrains.Grains.Connections;

/// <summary>Webhooks that were gone at Recharge and were registered again.</summary>
/// <param name="Count">How many.</param>
/// <param name="At">When they were found gone; they are registered again at once.</param>
/// <param name="GoneSince">When all of them were last seen; what changed since is read back.</param>
internal sealed record WebhooksRestored(int Count, DateTimeOffset At, DateTimeOffset GoneSince);
