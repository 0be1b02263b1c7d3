namespace RechargeGrains.Sandbox;

/// <summary>What one API key may do, and for which account.</summary>
public sealed record OmetriaKey(string Value, OmetriaHoldings Account, bool MayRead = true, bool MayPush = true);
