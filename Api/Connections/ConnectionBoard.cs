using RechargeGrains.Api.Hooks;
using RechargeGrains.Connections;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Connections;

/// <summary>How connections fare, with the webhooks that this program has counted and not handed on yet.</summary>
internal sealed partial class ConnectionBoard(IGrainFactory grains, HookCounters counters, ILogger<ConnectionBoard> logger)
{
    /// <summary>Connections that are asked side by side.</summary>
    private const int Parallelism = 32;

    /// <summary>So long somebody who looks at a tenant waits for those that do not answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

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

    /// <summary>The tenant's connections, in their order, as far as they answer within a few seconds.</summary>
    public async Task<IReadOnlyList<(ConnectionKey Key, ConnectionAnswer Answer)>> TryOfTenantAsync(string tenantId)
    {
        var tenant = await grains.GetGrain<ITenantGrain>(tenantId).GetAsync();
        List<ConnectionKey> keys = [.. (tenant?.ConnectionIds ?? []).Select(id => new ConnectionKey(tenantId, id))];
        using var limit = new CancellationTokenSource(Patience);
        // A connection that is listed and was never made has no status.
        return [.. keys.Zip(await TryOfAllAsync(keys, limit.Token)).Where(pair => pair.Second is { Answered: false } or { Status: not null })];
    }

    /// <summary>Those of them that were made, in their order.</summary>
    public async Task<IReadOnlyList<ConnectionStatus>> OfAllAsync(IReadOnlyList<ConnectionKey> keys) =>
        [.. (await EachAsync(keys, OfAsync)).OfType<ConnectionStatus>()];

    /// <summary>Each of them, in their order, as far as they answer in time.</summary>
    /// <param name="keys">Of the connections.</param>
    /// <param name="limit">From then on nothing is waited for.</param>
    public Task<ConnectionAnswer[]> TryOfAllAsync(IReadOnlyList<ConnectionKey> keys, CancellationToken limit) => EachAsync(keys, async key =>
    {
        try
        {
            limit.ThrowIfCancellationRequested();
            return new ConnectionAnswer(true, await OfAsync(key).WaitAsync(limit));
        }
        catch (Exception failure)
        {
            LogNoAnswer(failure, key);
            return new ConnectionAnswer(false, null);
        }
    });

    private static async Task<T[]> EachAsync<T>(IReadOnlyList<ConnectionKey> keys, Func<ConnectionKey, Task<T>> ask)
    {
        var answers = new T[keys.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, keys.Count),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism },
            async (i, _) => answers[i] = await ask(keys[i]));
        return answers;
    }

    [LoggerMessage(5601, LogLevel.Warning, "Connection {Connection} does not answer")]
    private partial void LogNoAnswer(Exception failure, ConnectionKey connection);
}
