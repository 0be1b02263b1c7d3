namespace RechargeGrains.Grains.Recharge;

/// <summary>Recharge has no such thing (404). Stays inside the client.</summary>
internal sealed class NotFoundAtRechargeException : Exception;
