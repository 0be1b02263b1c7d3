namespace RechargeGrains.Tenants;

/// <summary>Knows which tenants there are (one grain, key <see cref="Key"/>).</summary>
[Alias("rg.tenant-directory")]
public interface ITenantDirectoryGrain : IGrainWithStringKey
{
    const string Key = "all";

    [Alias("add")]
    Task AddAsync(string tenantId);

    [Alias("list")]
    Task<IReadOnlyList<string>> ListAsync();
}
