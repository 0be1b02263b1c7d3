namespace RechargeGrains.Silo.Storage;

/// <summary>A store whose records can be sealed anew where they lie, while grains go on with them.</summary>
internal interface IResealable
{
    /// <summary>
    /// Seals anew every record that an older master key has sealed. What is in a record stays the same and so does its ETag, so no grain notices; one that
    /// a grain has written meanwhile is left alone.
    /// </summary>
    /// <returns>How many it was, and how many could not be opened.</returns>
    Task<(int Sealed, int Unreadable)> SealAnewAsync(EncryptedStateSerializer serializer, CancellationToken cancellationToken);
}
