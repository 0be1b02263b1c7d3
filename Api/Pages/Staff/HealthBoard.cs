using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Pages.Connections;
using RechargeGrains.Api.Tenants;
using RechargeGrains.Connections;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Staff;

/// <summary>
/// How all connections of all tenants fare, for however many of the staff look. One that does not answer is shown as it was last known,
/// and keeps none of the others from being seen.
/// </summary>
internal sealed class HealthBoard
{
    /// <summary>What has not answered by then counts as not answering.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IGrainFactory _grains;
    private readonly ConnectionBoard _board;
    private readonly TimeProvider _time;
    private readonly SharedLook<Health> _look;

    public HealthBoard(IGrainFactory grains, ConnectionBoard board, TimeProvider time)
    {
        _grains = grains;
        _board = board;
        _time = time;
        _look = new SharedLook<Health>(LoadAsync, GoodFor, Patience, time);
    }

    public Task<Seen<Health>> LookAsync() => _look.LookAsync();

    private async Task<Health> LoadAsync(Health? before)
    {
        var started = _time.GetTimestamp();
        using var limit = new CancellationTokenSource(Limit, _time);
        var tenants = await EveryTenant.ListAsync(_grains, limit.Token);
        var known = (before?.Connections ?? []).ToDictionary(health => health.Key);
        var keys = tenants.SelectMany(tenant => tenant.ConnectionIds.Select(id => new ConnectionKey(tenant.TenantId, id))).ToList();
        var statuses = await _board.TryOfAllAsync(keys, limit.Token);
        if (keys.Count > 0 && statuses.All(status => !status.Answered))
            throw new TimeoutException("No connection answered.");
        var names = tenants.ToDictionary(tenant => tenant.TenantId, tenant => tenant.Name);
        var stores = await StoresAsync(tenants, known, limit.Token);
        var all = keys.Zip(statuses, (key, look) => new ConnectionHealth
        {
            Key = key,
            Tenant = names[key.TenantId],
            Store = StoreOf(key, look.Status, stores) ?? known.GetValueOrDefault(key)?.Store,
            Status = look.Answered ? look.Status : known.GetValueOrDefault(key)?.Status,
            Answers = look.Answered,
        });
        // A connection that is listed and was never made has no status.
        var ranked = HealthRules.Rank(all.Where(health => health.Status is not null || !health.Answers));
        return new Health(ranked, HealthTotals.Of(ranked), _time.GetElapsedTime(started));
    }

    private static string? StoreOf(ConnectionKey key, ConnectionStatus? status, Dictionary<string, Dictionary<string, AccountInfo>> stores) =>
        status is not null && stores.TryGetValue(key.TenantId, out var accounts) ? ConnectionNames.Of(status, accounts) : null;

    /// <summary>Stores are asked for where one is new: their names hardly change, and reading them costs as much as the statuses do.</summary>
    private async Task<Dictionary<string, Dictionary<string, AccountInfo>>> StoresAsync(
        IReadOnlyList<TenantView> tenants, Dictionary<ConnectionKey, ConnectionHealth> known, CancellationToken cancellationToken)
    {
        var unknown = tenants.Where(tenant => tenant.ConnectionIds.Any(id => known.GetValueOrDefault(new ConnectionKey(tenant.TenantId, id))?.Store is null));
        var stores = new Dictionary<string, Dictionary<string, AccountInfo>>(StringComparer.Ordinal);
        foreach (var tenant in unknown)
        {
            try
            {
                var accounts = await _grains.GetGrain<ITenantGrain>(tenant.TenantId).ListAccountsAsync().WaitAsync(cancellationToken);
                stores[tenant.TenantId] = accounts.ToDictionary(account => account.AccountId);
            }
            catch (Exception failure) when (failure is OperationCanceledException or TimeoutException or OrleansException)
            {
                // A name is worth no failure; it is asked for again the next time.
            }
        }

        return stores;
    }
}

/// <summary>All connections, the most wanting first.</summary>
/// <param name="Connections">In the order in which they are shown.</param>
/// <param name="Totals">The same in a few numbers.</param>
/// <param name="Took">How long it took to ask them all.</param>
internal sealed record Health(IReadOnlyList<ConnectionHealth> Connections, HealthTotals Totals, TimeSpan Took);
