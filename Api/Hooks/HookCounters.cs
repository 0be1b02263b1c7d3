using System.Collections.Concurrent;
using RechargeGrains.Connections;
using RechargeGrains.Keys;

namespace RechargeGrains.Api.Hooks;

/// <summary>
/// Counts webhooks of each connection and hands the sums on once a second, so that counting costs no write for each webhook. A kill
/// loses at most the last second of counting; it never loses a webhook.
/// </summary>
internal sealed partial class HookCounters(IGrainFactory grains, TimeProvider time, ILogger<HookCounters> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<ConnectionKey, Tally> _tallies = new();

    public void CountTaken(ConnectionKey connection, bool isDuplicate)
    {
        var tally = Of(connection);
        Interlocked.Increment(ref tally.Received);
        if (isDuplicate)
            Interlocked.Increment(ref tally.Duplicates);
    }

    public void CountBadSignature(ConnectionKey connection) => Interlocked.Increment(ref Of(connection).BadSignatures);

    public void CountOverQuota(ConnectionKey connection) => Interlocked.Increment(ref Of(connection).OverQuota);

    /// <summary>Hands on what was counted for one connection, so that whoever looks sees it.</summary>
    public async Task FlushAsync(ConnectionKey connection)
    {
        if (!_tallies.TryGetValue(connection, out var tally))
            return;
        var counts = tally.Take();
        if (counts == default)
            return;
        try
        {
            await grains.GetGrain<IConnectionGrain>(connection.ToString()).CountAsync(counts);
        }
        catch (Exception failure)
        {
            tally.Return(counts);
            LogNotCounted(failure, connection.ConnectionId);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await FlushAllAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await FlushAllAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The last sums are handed on by StopAsync.
        }
    }

    private Task FlushAllAsync() => Task.WhenAll(_tallies.Keys.Select(FlushAsync));

    [LoggerMessage(5101, LogLevel.Warning, "Webhooks of connection {ConnectionId} could not be counted yet")]
    private partial void LogNotCounted(Exception failure, string connectionId);

    private Tally Of(ConnectionKey connection) => _tallies.GetOrAdd(connection, _ => new Tally());

    private sealed class Tally
    {
        public long Received;
        public long Duplicates;
        public long BadSignatures;
        public long OverQuota;

        public HookCounts Take() =>
            new(Interlocked.Exchange(ref Received, 0), Interlocked.Exchange(ref Duplicates, 0), Interlocked.Exchange(ref BadSignatures, 0)) { OverQuota = Interlocked.Exchange(ref OverQuota, 0) };

        public void Return(HookCounts counts)
        {
            Interlocked.Add(ref Received, counts.Received);
            Interlocked.Add(ref Duplicates, counts.Duplicates);
            Interlocked.Add(ref BadSignatures, counts.BadSignatures);
            Interlocked.Add(ref OverQuota, counts.OverQuota);
        }
    }
}
