namespace RechargeGrains.Silo.Storage;

/// <summary>
/// The store cannot be opened as it is configured. The message is one line for an operator: what is wrong, and with what.
/// Starting again without a change will fail again.
/// </summary>
public sealed class StorageStartException(string message, Exception? innerException = null)
    : Exception(message, innerException);
