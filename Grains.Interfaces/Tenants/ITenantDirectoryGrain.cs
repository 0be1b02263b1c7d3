namespace RechargeGrains.Tenants;

/// <summary>Knows which tenants there are (one grain, key <see cref="Key"/>).</summary>
[Alias("rg.tenant-directory")]
public interface ITenantDirectoryGrain : IGrainWithStringKey
{
    const string Key = "all";

    [Alias("add")]
    Task AddAsync(string tenantId);

    /// <summary>The tenant's place in the list, from 0 on; 0 too for one that is not in it.</summary>
    [Alias("place")]
    Task<int> GetPlaceAsync(string tenantId);

    [Alias("list")]
    Task<IReadOnlyList<string>> ListAsync();
}
