using RechargeGrains.Grains.Work;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tenants;

/// <inheritdoc cref="ITenantDirectoryGrain"/>
[GrainType("rg-tenant-directory")]
internal sealed class TenantDirectoryGrain([PersistentState("tenant-directory")] IPersistentState<TenantDirectoryState> store) : Grain, ITenantDirectoryGrain
{
    public async Task AddAsync(string tenantId)
    {
        if (store.State.TenantIds.Contains(tenantId))
            return;
        store.State.TenantIds.Add(tenantId);
        await store.WriteStateAsync().OrDeactivateAsync(this);
    }

    public Task<int> GetPlaceAsync(string tenantId) => Task.FromResult(Math.Max(0, store.State.TenantIds.IndexOf(tenantId)));

    public Task<IReadOnlyList<string>> ListAsync() => Task.FromResult<IReadOnlyList<string>>([.. store.State.TenantIds]);
}
