using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tenants;

/// <inheritdoc cref="ITenantBacklogGrain"/>
[GrainType("rg-tenant-backlog")]
internal sealed class TenantBacklogGrain : Grain, ITenantBacklogGrain
{
    private readonly Dictionary<string, long> _waiting = new(StringComparer.Ordinal);
    private long _sum;

    public Task<long> ShareAsync(string connectionId, long waiting)
    {
        _sum += waiting - _waiting.GetValueOrDefault(connectionId);
        _waiting[connectionId] = waiting;
        return Task.FromResult(_sum - waiting);
    }
}
