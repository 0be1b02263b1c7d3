namespace RechargeGrains.Connections;

/// <summary>
/// Where Recharge reaches the front door of a cluster (one grain, key <see cref="Key"/>). Silos that were not told by a setting learn it here
/// from the Apis.
/// </summary>
[Alias("rg.front-door")]
public interface IFrontDoorGrain : IGrainWithStringKey
{
    const string Key = "all";

    /// <summary>Says where an Api is reached. Durable when the task completes.</summary>
    /// <param name="address">Its base.</param>
    /// <param name="isSet">Whether that is a setting; an address that is only listened on does not replace one.</param>
    [Alias("announce")]
    Task AnnounceAsync(string address, bool isSet);

    /// <summary>Null until an Api has said it.</summary>
    [Alias("address")]
    Task<string?> GetAddressAsync();
}
