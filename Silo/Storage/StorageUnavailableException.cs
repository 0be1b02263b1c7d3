namespace RechargeGrains.Silo.Storage;

/// <summary>
/// The store could not do what was asked: the disk is full, the file is locked, or the silo is stopping. A write that
/// fails so was not acknowledged; read the record again before repeating it. The store itself goes on and takes the
/// next operation.
/// </summary>
public sealed class StorageUnavailableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
