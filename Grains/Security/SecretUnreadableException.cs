namespace RechargeGrains.Grains.Security;

/// <summary>
/// Something sealed cannot be opened: its master key is not among those configured, it was sealed for another purpose,
/// or it was changed since. Trying again does not help; configuring the missing key does.
/// </summary>
public sealed class SecretUnreadableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
