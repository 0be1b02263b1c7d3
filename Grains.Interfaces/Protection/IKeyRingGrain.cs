namespace RechargeGrains.Protection;

/// <summary>
/// Keys that protect cookies and forms, as ASP.NET Core Data Protection writes them (one grain, key <see cref="Key"/>): all hosts of
/// a cluster share them, and they outlive a restart.
/// </summary>
[Alias("rg.key-ring")]
public interface IKeyRingGrain : IGrainWithStringKey
{
    const string Key = "all";

    [Alias("list")]
    Task<IReadOnlyList<string>> ListAsync();

    /// <summary>Adds an element; one of the same name is replaced. Durable when the task completes.</summary>
    [Alias("store")]
    Task StoreAsync(string name, string xml);
}
