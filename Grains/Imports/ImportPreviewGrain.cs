using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Recharge;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Imports;

/// <inheritdoc cref="IImportPreviewGrain"/>
[GrainType("rg-import-preview"), Reentrant]
internal sealed partial class ImportPreviewGrain : Grain, IImportPreviewGrain, IRemindable
{
    private const string Reminder = "count";

    /// <summary>Wakes the grain after a restart; the shortest period that Orleans takes.</summary>
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StayAlive = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<PreviewRecord> _store;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<ImportPreviewGrain> _logger;
    private readonly double _callsPerSecond;
    private readonly double _pushesPerSecond;
    private readonly GrainWorker _worker;
    private AccountKey _key;
    private string? _failure;

    public ImportPreviewGrain(
        [PersistentState("import-preview")] IPersistentState<PreviewRecord> store,
        IGrainFactory grains,
        IOptions<RechargeOptions> recharge,
        IOptions<OmetriaOptions> ometria,
        TimeProvider time,
        ILogger<ImportPreviewGrain> logger)
    {
        _store = store;
        _grains = grains;
        _callsPerSecond = recharge.Value.CallsPerSecond;
        _pushesPerSecond = ometria.Value.PushesPerSecond * OmetriaAccountGrain.Margin;
        _time = time;
        _logger = logger;
        _worker = new GrainWorker(CountAsync, NoteFailure, () => DelayDeactivation(StayAlive), time);
    }

    private PreviewRecord State => _store.State;

    private bool IsCounting => State.Run is { State: ImportPreviewState.Counting };

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = AccountKey.Parse(this.GetPrimaryKeyString());
        if (IsCounting)
            _worker.Poke();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _worker.StopAsync(cancellationToken);

    public async Task<ImportPreview> StartAsync(DateTimeOffset? customersStartDate)
    {
        var run = State.Run;
        if (run is not { State: ImportPreviewState.Counting } || run.CustomersStartDate != customersStartDate)
        {
            run = new PreviewRun { StartedAt = _time.GetUtcNow(), CustomersStartDate = customersStartDate };
            State.Run = run;
            _failure = null;
            await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod).OrDeactivateAsync(this);
            await SaveAsync();
            LogStarted(_key);
        }

        _worker.Poke();
        return Describe(run);
    }

    public Task<ImportPreview?> GetAsync() => Task.FromResult(State.Run is { } run ? Describe(run) : null);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _worker.Poke();
        return Task.CompletedTask;
    }

    private async Task<TimeSpan?> CountAsync(CancellationToken stopping)
    {
        if (State.Run is not { State: ImportPreviewState.Counting } run)
        {
            await StopRemindingAsync();
            return null;
        }

        var next = await ReadPageAsync(run);
        // Another was asked for meanwhile, which starts anew.
        if (State.Run != run)
            return TimeSpan.Zero;
        State.Run = next;
        await SaveAsync();
        _failure = null;
        if (!IsCounting)
            LogEnded(_key, next.State, next.Customers);
        return TimeSpan.Zero;
    }

    private async Task<PreviewRun> ReadPageAsync(PreviewRun run)
    {
        var account = _grains.GetGrain<IRechargeAccountGrain>(_key.ToString());
        try
        {
            var (page, isReread) = await Pages.ReadAsync(
                run.Cursor,
                run.ReachedUpdatedAt,
                run.CustomersStartDate ?? DateTimeOffset.UnixEpoch,
                start => account.ReadCustomersAsync(start, CallPriority.BackFill));
            return PreviewRules.Add(run, page, isReread, _time.GetUtcNow());
        }
        catch (RechargeCallException failure) when (failure.Failure != RechargeFailure.Unavailable)
        {
            // No waiting mends it, and whoever asked is looking.
            return run with { State = ImportPreviewState.Failed, FinishedAt = _time.GetUtcNow(), Failure = failure.Message };
        }
    }

    private async Task StopRemindingAsync()
    {
        // Asked for again while the reminder was looked up, it is still needed.
        if (await this.GetReminder(Reminder) is { } reminder && !IsCounting)
            await this.UnregisterReminder(reminder);
    }

    private ImportPreview Describe(PreviewRun run) => new()
    {
        State = run.State,
        CustomersStartDate = run.CustomersStartDate,
        Customers = run.Customers,
        Subscriptions = run.Subscriptions,
        Active = run.Active,
        PagesRead = run.Pages,
        StartedAt = run.StartedAt,
        FinishedAt = run.FinishedAt,
        EstimatedSeconds = PreviewRules.EstimateSeconds(
            run.Calls, run.Customers, run.CallsPerSecond > 0 ? run.CallsPerSecond : _callsPerSecond, _pushesPerSecond),
        Failure = run.Failure ?? _failure,
    };

    private Task SaveAsync() => _store.WriteStateAsync().OrDeactivateAsync(this);

    private void NoteFailure(Exception failure, TimeSpan pause)
    {
        if (_failure is null)
            LogHeldUp(failure, _key);
        _failure = failure is RechargeCallException ? failure.Message : "Something went wrong inside the service.";
    }

    [LoggerMessage(4411, LogLevel.Information, "Customers of account {Account} are counted for a preview")]
    private partial void LogStarted(AccountKey account);

    [LoggerMessage(4412, LogLevel.Information, "The preview of account {Account} is {State}: {Customers} customers counted")]
    private partial void LogEnded(AccountKey account, ImportPreviewState state, long customers);

    [LoggerMessage(4413, LogLevel.Warning, "Counting for the preview of account {Account} is held up; trying on")]
    private partial void LogHeldUp(Exception failure, AccountKey account);
}
