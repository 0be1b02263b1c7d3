using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Telemetry;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;
using RechargeGrains.Reconciliation;

namespace RechargeGrains.Grains.Reconciliation;

/// <inheritdoc cref="IReconciliationGrain"/>
[GrainType("rg-reconciliation"), Reentrant]
internal sealed partial class ReconciliationGrain : Grain, IReconciliationGrain
{
    private readonly IPersistentState<ReconciliationRecord> _store;
    private readonly IGrainFactory _grains;
    private readonly ScheduleOptions _schedule;
    private readonly TimeProvider _time;
    private readonly Reports<ReconciliationMetrics.Drift>.Report _report;
    private readonly ILogger<ReconciliationGrain> _logger;
    private readonly GrainWorker _worker;
    private ConnectionKey _key;
    private string? _failure;
    private DateTimeOffset? _failingSince;

    public ReconciliationGrain(
        [PersistentState("reconciliation")] IPersistentState<ReconciliationRecord> store,
        IGrainFactory grains,
        IOptions<ScheduleOptions> schedule,
        TimeProvider time,
        ReconciliationMetrics metrics,
        ILogger<ReconciliationGrain> logger)
    {
        _store = store;
        _grains = grains;
        _schedule = schedule.Value;
        _time = time;
        _report = metrics.Open();
        _logger = logger;
        _worker = new GrainWorker(WorkAsync, NoteFailure, () => DelayDeactivation(_schedule.ReconcileEvery + TimeSpan.FromMinutes(5)), time);
    }

    private ReconciliationRecord State => _store.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
        Report();
        _worker.Poke();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _worker.StopAsync(cancellationToken);
        _report.Dispose();
    }

    public Task ConfigureAsync(ImportSettings settings) => TakeOverAsync(settings);

    public Task EnsureAsync(ImportSettings settings, DateOnly night)
    {
        // The night before the first call was the import's.
        State.LastNight ??= night;
        if (State.LastNight < night && State.Job?.Night != night)
            State.DueNight = night;
        return TakeOverAsync(settings);
    }

    public Task CompareAllAsync(ImportSettings settings)
    {
        State.IsFullRequested = true;
        return TakeOverAsync(settings);
    }

    public Task ReadGapAsync(ImportSettings settings, DateTimeOffset from, DateTimeOffset until)
    {
        State.GapFrom = from < State.GapFrom ? from : State.GapFrom ?? from;
        State.GapUntil = until > State.GapUntil ? until : State.GapUntil ?? until;
        return TakeOverAsync(settings);
    }

    public Task<ReconciliationStatus> GetStatusAsync() => Task.FromResult(new ReconciliationStatus
    {
        Found = State.Found,
        Repaired = State.Repaired,
        CheckedAt = State.CheckedAt,
        ComparedAllAt = State.ComparedAllAt,
        Busy = State.Job is not null || State.IsFullRequested || State.DueNight is not null || State.GapFrom is not null,
        Failure = _failure,
        FailingSince = _failingSince,
    });

    private async Task TakeOverAsync(ImportSettings settings)
    {
        State.Settings = settings;
        await SaveAsync();
        _worker.Poke();
    }

    private async Task SaveAsync()
    {
        await _store.WriteStateAsync().OrDeactivateAsync(this);
        Report();
    }

    private void Report() =>
        _report.Say(new ReconciliationMetrics.Drift(State.Found, State.Repaired, State.Settings is { Held: false } ? State.CheckedAt : null));

    private void NoteFailure(Exception failure, TimeSpan pause)
    {
        if (_failure is null)
        {
            _failingSince = _time.GetUtcNow();
            LogHeldUp(failure, _key.ConnectionId);
        }

        _failure = failure is RechargeCallException ? failure.Message : "Something went wrong inside the service.";
    }

    [LoggerMessage(4801, LogLevel.Warning, "Connection {ConnectionId} cannot be compared with Recharge; trying on")]
    private partial void LogHeldUp(Exception failure, string connectionId);

    [LoggerMessage(4802, LogLevel.Information, "Connection {ConnectionId} was compared with Recharge: {Found} customers differed since the last full comparison")]
    private partial void LogCompared(string connectionId, long found);
}
