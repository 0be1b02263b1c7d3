namespace RechargeGrains.Grains.Connections;

/// <summary>The web host has not said yet where it listens. It does so within moments of the start.</summary>
internal sealed class PublicAddressUnknownException : Exception;
