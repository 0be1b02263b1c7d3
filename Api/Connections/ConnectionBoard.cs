using RechargeGrains.Api.Hooks;
using RechargeGrains.Connections;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Connections;

/// <summary>How connections fare, with the webhooks that this program has counted and not handed on yet.</summary>
internal sealed class ConnectionBoard(IGrainFactory grains, HookCounters counters)
{
    /// <summary>Connections that are asked side by side.</summary>
    private const int Parallelism = 32;

    /// <summary>Null for one that was never made.</summary>
    public async Task<ConnectionStatus?> OfAsync(ConnectionKey key)
    {
        await counters.FlushAsync(key);
        return await grains.GetGrain<IConnectionGrain>(key.ToString()).GetStatusAsync();
    }

    public async Task<IReadOnlyList<ConnectionStatus>> OfTenantAsync(string tenantId)
    {
        var tenant = await grains.GetGrain<ITenantGrain>(tenantId).GetAsync();
        return await OfAllAsync([.. (tenant?.ConnectionIds ?? []).Select(id => new ConnectionKey(tenantId, id))]);
    }

    /// <summary>Those of them that were made, in their order.</summary>
    public async Task<IReadOnlyList<ConnectionStatus>> OfAllAsync(IReadOnlyList<ConnectionKey> keys)
    {
        var statuses = new ConnectionStatus?[keys.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, keys.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism },
            async (i, _) => statuses[i] = await OfAsync(keys[i]));
        return [.. statuses.OfType<ConnectionStatus>()];
    }
}
