using System.Diagnostics.Metrics;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Grains.Reconciliation;

/// <summary>
/// The drift of all connections that are compared in this process, in sums: whose it is shows on the health page of staff.
/// </summary>
internal sealed class ReconciliationMetrics
{
    public const string MeterName = "RechargeGrains.Reconciliation";

    private readonly Reports<Drift> _drifts = new();
    private readonly TimeProvider _time;

    public ReconciliationMetrics(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        var meter = factory.Create(MeterName);
        meter.CreateObservableGauge("recharge.drift.found", () => _drifts.Latest.Sum(drift => drift.Found), "{customer}", "Customers that differed from Recharge since the last full comparisons began");
        meter.CreateObservableGauge("recharge.drift.repaired", () => _drifts.Latest.Sum(drift => drift.Repaired), "{customer}", "Those of them that no longer do");
        meter.CreateObservableGauge("recharge.drift.age", ObserveAge, "s", "Time since the last comparison ended, of the connection that has waited longest");
    }

    public Reports<Drift>.Report Open() => _drifts.Open();

    private double ObserveAge() => _drifts.Latest.Min(drift => drift.CheckedAt) is { } oldest ? (_time.GetUtcNow() - oldest).TotalSeconds : 0;

    /// <param name="Found">Customers of one connection that differed.</param>
    /// <param name="Repaired">Those of them that no longer do.</param>
    /// <param name="CheckedAt">When the last comparison ended; null before the first, and while none is to be made.</param>
    internal sealed record Drift(long Found, long Repaired, DateTimeOffset? CheckedAt);
}
