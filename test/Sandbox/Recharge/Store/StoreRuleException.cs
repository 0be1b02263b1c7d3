namespace RechargeGrains.Sandbox;

/// <summary>The store refuses what was asked of it, as Recharge would: an unknown id, an e-mail address already taken.</summary>
public sealed class StoreRuleException(string message) : InvalidOperationException(message);
