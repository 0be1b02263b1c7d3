using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Deliveries;

/// <inheritdoc cref="IReplayGrain"/>
[GrainType("rg-replay"), Reentrant]
internal sealed partial class ReplayGrain : Grain, IReplayGrain
{
    private const int PageSize = 100;

    private static readonly TimeSpan StayAlive = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<ReplayRecord> _store;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<ReplayGrain> _logger;
    private readonly GrainWorker _worker;
    private ConnectionKey _key;

    public ReplayGrain([PersistentState("replay")] IPersistentState<ReplayRecord> store, IGrainFactory grains, TimeProvider time, ILogger<ReplayGrain> logger)
    {
        _store = store;
        _grains = grains;
        _time = time;
        _logger = logger;
        _worker = new GrainWorker(ReplayPageAsync, LogHeldUp, () => DelayDeactivation(StayAlive), time);
    }

    private ReplayRecord State => _store.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
        _worker.Poke();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _worker.StopAsync(cancellationToken);

    public async Task<long> CountAsync(ReplayRange range)
    {
        var matched = 0L;
        for (var day = range.FirstDay; day <= range.LastDay; day = day.AddDays(1))
        {
            for (long? next = 0; next is { } position;)
            {
                var page = await LogOf(day).ScanAsync(range.Filter, position, PageSize);
                matched += page.Entries.Count(IsReplayable);
                next = page.Next;
            }
        }

        return matched;
    }

    public async Task<ReplayStatus?> StartAsync(ReplayRange range)
    {
        if (State.Status is { FinishedAt: null })
            return null;
        var now = _time.GetUtcNow();
        // What is received from now on has had its turn already.
        var filter = range.Filter.To < now ? range.Filter : range.Filter with { To = now };
        var bounded = range with { Filter = filter };
        var matched = await CountAsync(bounded);
        if (State.Status is { FinishedAt: null })
            return null;
        State.Status = new ReplayStatus { Range = bounded, Matched = matched, Replayed = 0, StartedAt = now };
        (State.Day, State.Position) = (range.FirstDay, 0);
        await SaveAsync();
        LogStarted(matched, _key.ConnectionId);
        _worker.Poke();
        return State.Status;
    }

    public Task<ReplayStatus?> GetStatusAsync() => Task.FromResult(State.Status);

    public Task WakeAsync()
    {
        _worker.Offer();
        return Task.CompletedTask;
    }

    private async Task<TimeSpan?> ReplayPageAsync(CancellationToken stopping)
    {
        if (State.Status is not { FinishedAt: null } status)
            return null;
        if (State.Day > status.Range.LastDay)
        {
            State.Status = status with { FinishedAt = _time.GetUtcNow() };
            await SaveAsync();
            LogFinished(status.Replayed, _key.ConnectionId);
            return null;
        }

        var page = await LogOf(State.Day).ScanAsync(status.Range.Filter, State.Position, PageSize);
        var taken = page.Entries.Count == 0 ? 0 : await _grains.GetGrain<IOutboxGrain>(_key.ToString()).ReplayAsync([.. page.Entries.Where(IsReplayable)]);
        State.Status = status with { Replayed = status.Replayed + taken };
        (State.Day, State.Position) = page.Next is { } next ? (State.Day, next) : (State.Day.AddDays(1), 0);
        await SaveAsync();
        return TimeSpan.Zero;
    }

    /// <summary>Tests are sent again one by one and not with many others: each may start an automation.</summary>
    private static bool IsReplayable(DeliveryEntry entry) => entry is { PropertiesJson: not null, IsTest: false };

    private IDeliveryLogGrain LogOf(DateOnly day) => _grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(_key, day).ToString());

    private Task SaveAsync() => _store.WriteStateAsync().OrDeactivateAsync(this);

    [LoggerMessage(4901, LogLevel.Information, "A replay of {Events} events of connection {ConnectionId} starts")]
    private partial void LogStarted(long events, string connectionId);

    [LoggerMessage(4902, LogLevel.Information, "A replay of connection {ConnectionId} is done: {Events} events were handed to the outbox")]
    private partial void LogFinished(long events, string connectionId);

    [LoggerMessage(4903, LogLevel.Warning, "A replay is held up; next try in {Pause}")]
    private partial void LogHeldUp(Exception failure, TimeSpan pause);
}
