using RechargeGrains.Connections;

namespace RechargeGrains.Grains.Connections;

/// <content>Says how the connection fares, whenever something about it may have changed and whenever somebody looks.</content>
internal sealed partial class ConnectionGrain
{
    private DateTimeOffset _wokenAt;
    private DateTimeOffset? _syncedAt;

    private async Task<TimeSpan?> LookAsync(CancellationToken stopping)
    {
        await GetStatusAsync();
        return null;
    }

    private void Report(ConnectionStatus status)
    {
        if (status.State == ConnectionState.Disconnected)
        {
            _report.Say(null);
            return;
        }

        var run = status.Import.LastDailyRun;
        // While one is under way the one before it counts, which is known only to whoever was here then.
        _syncedAt = run?.FinishedAt ?? _syncedAt ?? run?.StartedAt ?? status.Import.FinishedAt;
        _report.Say(new ConnectionMetrics.Look(
            status.State, [.. status.Problems.Select(problem => problem.Code)], status.State == ConnectionState.Active ? _syncedAt : null, _wokenAt));
    }
}
