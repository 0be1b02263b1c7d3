namespace RechargeGrains.Sandbox;

/// <summary>One comparison: how often something happened at Recharge, and how often it reached Ometria.</summary>
public sealed record ProofLine(string What, int AtRecharge, int AtOmetria);
