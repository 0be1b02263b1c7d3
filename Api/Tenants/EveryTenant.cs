using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tenants;

/// <summary>Every tenant there is.</summary>
internal static class EveryTenant
{
    /// <summary>In the order in which they were made.</summary>
    public static async Task<IReadOnlyList<TenantView>> ListAsync(IGrainFactory grains, CancellationToken cancellationToken = default)
    {
        var ids = await grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.Key).ListAsync().WaitAsync(cancellationToken);
        var views = await Task.WhenAll(ids.Select(id => grains.GetGrain<ITenantGrain>(id).GetAsync())).WaitAsync(cancellationToken);
        // One that is listed and was never made is none.
        return [.. views.OfType<TenantView>()];
    }
}
