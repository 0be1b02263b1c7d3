namespace RechargeGrains.Sandbox;

/// <summary>A time on the sandbox clock in which the product may have been told something and not have been able to note it.</summary>
public sealed record Interruption(DateTimeOffset From, DateTimeOffset To, string What);
