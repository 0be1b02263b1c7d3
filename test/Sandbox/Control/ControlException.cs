namespace RechargeGrains.Sandbox;

/// <summary>A control call that makes no sense; answered 400.</summary>
internal sealed class ControlException(string message) : Exception(message);
