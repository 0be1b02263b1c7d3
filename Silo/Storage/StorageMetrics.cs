using System.Diagnostics.Metrics;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Silo.Storage;

/// <summary>How the store keeps up, whichever it is. Where nothing shares a commit, each write is one.</summary>
internal sealed class StorageMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _operations;
    private readonly Counter<long> _failures;

    public StorageMetrics(IMeterFactory factory)
    {
        _meter = factory.Create("RechargeGrains.Storage");
        _duration = _meter.CreateDuration("recharge.storage.commit.duration", "From begin to on disk");
        _operations = _meter.CreateHistogram<int>("recharge.storage.commit.operations", "{operation}", "Operations that shared a commit");
        _failures = _meter.CreateCounter<long>("recharge.storage.commit.failures", "{commit}", "Commits that failed");
        // So that the first one counts as an increase.
        _failures.Add(0);
    }

    public void Watch(Func<int> waiting) =>
        _meter.CreateObservableGauge("recharge.storage.queue", waiting, "{operation}", "Operations that wait for a commit");

    public void Committed(int operations, TimeSpan duration)
    {
        _operations.Record(operations);
        _duration.Record(duration.TotalSeconds);
    }

    public void CommitFailed() => _failures.Add(1);
}
