using System.Diagnostics.Metrics;
using System.Threading.Channels;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>How the writer keeps up.</summary>
internal sealed class SqliteStorageMetrics
{
    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _operations;
    private readonly Counter<long> _failures;

    public SqliteStorageMetrics(IMeterFactory factory)
    {
        _meter = factory.Create("RechargeGrains.Storage");
        _duration = _meter.CreateDuration("recharge.storage.commit.duration", "From begin to on disk");
        _operations = _meter.CreateHistogram<int>("recharge.storage.commit.operations", "{operation}", "Operations that shared a commit");
        _failures = _meter.CreateCounter<long>("recharge.storage.commit.failures", "{commit}", "Commits that failed");
        // So that the first one counts as an increase.
        _failures.Add(0);
    }

    public void Watch(ChannelReader<SqliteOperation> queue) =>
        _meter.CreateObservableGauge("recharge.storage.queue", () => queue.Count, "{operation}", "Operations that wait for a commit");

    public void Committed(int operations, TimeSpan duration)
    {
        _operations.Record(operations);
        _duration.Record(duration.TotalSeconds);
    }

    public void CommitFailed() => _failures.Add(1);
}
