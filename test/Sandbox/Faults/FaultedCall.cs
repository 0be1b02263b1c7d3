namespace RechargeGrains.Sandbox;

/// <summary>What a condition of a fault can look at. The path is as called, for instance <c>/recharge/customers</c>.</summary>
public sealed record FaultedCall(string Method, string Path, string Query, string Body = "");
