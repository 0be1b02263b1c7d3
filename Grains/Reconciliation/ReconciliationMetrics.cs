using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Reconciliation;

/// <summary>
/// The drift of each connection that is compared in this process: customers found different and repaired since the last full comparison
/// began, and how old the last comparison is.
/// </summary>
internal sealed class ReconciliationMetrics
{
    public const string MeterName = "RechargeGrains.Reconciliation";

    private readonly ConcurrentDictionary<ConnectionKey, Drift> _drifts = new();
    private readonly TimeProvider _time;

    public ReconciliationMetrics(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        var meter = factory.Create(MeterName);
        meter.CreateObservableGauge("recharge.drift.found", () => Observe(drift => drift.Found), "{customer}", "Customers that differed from Recharge");
        meter.CreateObservableGauge("recharge.drift.repaired", () => Observe(drift => drift.Repaired), "{customer}", "Those of them that no longer do");
        meter.CreateObservableGauge("recharge.drift.age", ObserveAge, "s", "Time since the last comparison ended");
    }

    public void Set(ConnectionKey connection, ReconciliationRecord record) =>
        _drifts[connection] = new Drift(record.Found, record.Repaired, record.CheckedAt);

    /// <summary>The connection is compared in another process now, or no longer.</summary>
    public void Remove(ConnectionKey connection) => _drifts.TryRemove(connection, out _);

    private IEnumerable<Measurement<long>> Observe(Func<Drift, long> number) => _drifts.Select(pair => new Measurement<long>(number(pair.Value), TagsOf(pair.Key)));

    private IEnumerable<Measurement<double>> ObserveAge() => _drifts.Where(pair => pair.Value.CheckedAt is not null)
        .Select(pair => new Measurement<double>((_time.GetUtcNow() - pair.Value.CheckedAt!.Value).TotalSeconds, TagsOf(pair.Key)));

    private static KeyValuePair<string, object?>[] TagsOf(ConnectionKey connection) =>
        [new("tenant", connection.TenantId), new("connection", connection.ConnectionId)];

    private readonly record struct Drift(long Found, long Repaired, DateTimeOffset? CheckedAt);
}
