using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Outbox;

/// <content>Knows how much waits in the tenant's other outboxes, so that all of them together stay within the tenant's quota.</content>
internal sealed partial class OutboxGrain
{
    /// <summary>How old that may be while events come and go; so much the quota may be exceeded by.</summary>
    private static readonly TimeSpan ShareEvery = TimeSpan.FromSeconds(1);

    private long _others;
    private long _shared;

    private long TenantWaiting => _waiting + _others;

    private long TenantBacklog => State.Settings?.Backlog ?? _quotas.Backlog;

    /// <summary>Says where this outbox stands, also when it has not changed: whoever adds up may have forgotten.</summary>
    private async Task<TimeSpan?> ShareBacklogAsync(CancellationToken stopping)
    {
        var waiting = State.Settings?.IsDisconnected == true ? 0 : _waiting;
        _others = await _grains.GetKnown<ITenantBacklogGrain>(_key.TenantId).ShareAsync(_key.ConnectionId, waiting);
        var isChanged = waiting != _shared;
        _shared = waiting;
        return isChanged ? ShareEvery : null;
    }
}
