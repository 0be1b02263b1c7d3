using System.Diagnostics.Metrics;
using RechargeGrains.Connections;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Grains.Connections;

/// <summary>
/// How the connections of this process fare, in sums: whose they are is on the health page of staff. Those that were disconnected are left out.
/// </summary>
internal sealed class ConnectionMetrics
{
    public const string MeterName = "RechargeGrains.Connections";

    private readonly Reports<Look> _connections = new();
    private readonly TimeProvider _time;

    public ConnectionMetrics(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        var meter = factory.Create(MeterName);
        meter.CreateObservableGauge("recharge.connections", ObserveStates, "{connection}", "Connections by their state");
        meter.CreateObservableGauge("recharge.problems", ObserveProblems, "{connection}", "Connections that show a problem, by its code");
        meter.CreateObservableGauge(
            "recharge.daily_sync.age", () => OldestAge(look => look.SyncedAt), "s", "Time since the last completed daily sync of the active connection that has waited longest");
        meter.CreateObservableGauge(
            "recharge.reminder.age", () => OldestAge(look => look.WokenAt), "s", "Time since a reminder last woke the connection that has waited longest");
    }

    public Reports<Look>.Report Open() => _connections.Open();

    private IEnumerable<Measurement<int>> ObserveStates()
    {
        var counts = _connections.Latest.CountBy(look => look.State).ToDictionary();
        return Enum.GetValues<ConnectionState>().Where(state => state != ConnectionState.Disconnected)
            .Select(state => new Measurement<int>(counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", SnakeCase.NameOf(state))));
    }

    private IEnumerable<Measurement<int>> ObserveProblems()
    {
        var counts = _connections.Latest.SelectMany(look => look.Problems).CountBy(code => code).ToDictionary();
        return ProblemRules.Codes.Select(code => new Measurement<int>(counts.GetValueOrDefault(code), new KeyValuePair<string, object?>("code", code)));
    }

    private double OldestAge(Func<Look, DateTimeOffset?> at) => _connections.Latest.Min(at) is { } oldest ? (_time.GetUtcNow() - oldest).TotalSeconds : 0;

    /// <summary>What a look at one connection showed.</summary>
    /// <param name="State">What it is doing.</param>
    /// <param name="Problems">Codes of what is wrong.</param>
    /// <param name="SyncedAt">When its last daily sync was completed; null while none is due.</param>
    /// <param name="WokenAt">When it was last woken.</param>
    internal sealed record Look(ConnectionState State, IReadOnlyList<string> Problems, DateTimeOffset? SyncedAt, DateTimeOffset WokenAt);
}
