using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Imports;

/// <inheritdoc cref="IImportGrain"/>
[GrainType("rg-import"), Reentrant]
internal sealed partial class ImportGrain : Grain, IImportGrain
{
    /// <summary>Reads race with writes at Recharge, so each run goes back that far behind the one before (a vendor's advice on incremental reads).</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan StayAlive = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<ImportRecord> _store;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<ImportGrain> _logger;
    private readonly GrainWorker _worker;
    private ConnectionKey _key;
    private ImportRecord _written = new();
    private string? _failure;
    private DateTimeOffset? _failingSince;

    public ImportGrain(
        [PersistentState("import")] IPersistentState<ImportRecord> store, IGrainFactory grains, TimeProvider time, ILogger<ImportGrain> logger)
    {
        _store = store;
        _grains = grains;
        _time = time;
        _logger = logger;
        _worker = new GrainWorker(WorkAsync, NoteFailure, () => DelayDeactivation(StayAlive), time);
    }

    private ImportRecord State => _store.State;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
        _written = State.Copy();
        _worker.Poke();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _worker.StopAsync(cancellationToken);

    public async Task StartFirstAsync(DateOnly latestDueDay, ImportSettings settings)
    {
        State.Settings = settings;
        if (!State.First.Requested)
        {
            State.First = State.First with { Requested = true };
            // The import itself fills the fields, so the run that was due before it is not owed.
            State.LastDailyDay = latestDueDay;
        }

        await SaveAndWorkAsync();
    }

    public Task EnsureDailyAsync(DateOnly day, ImportSettings settings)
    {
        State.Settings = settings;
        if (!State.First.Requested || State.LastDailyDay >= day || State.DueDay >= day || State.Job?.Day >= day)
        {
            _worker.Poke();
            return Task.CompletedTask;
        }

        State.DueDay = day;
        return SaveAndWorkAsync();
    }

    public Task SyncNowAsync(ImportSettings settings)
    {
        State.Settings = settings;
        State.SyncRequested = true;
        return SaveAndWorkAsync();
    }

    public Task ReimportAsync(ImportSettings settings)
    {
        State.Settings = settings;
        // The first import, also one that is yet to start, reads and sends everything itself.
        if (State.First.FinishedAt is not null && State.Reimport is null)
        {
            State.Reimport = new ImportJob
            {
                IsFirst = false,
                IsAgain = true,
                StartedAt = _time.GetUtcNow(),
                UpdatedAfter = settings.Context.CustomersStartDate,
            };
            LogStarted(NameOf(State.Reimport), _key.ConnectionId);
        }

        return SaveAndWorkAsync();
    }

    public Task ConfigureAsync(ImportSettings settings)
    {
        State.Settings = settings;
        return SaveAndWorkAsync();
    }

    public Task<ImportStatus> GetStatusAsync()
    {
        // A page that is not written down is read again after a crash, so it is not shown as read.
        var job = _written.Job;
        var first = _written.First;
        return Task.FromResult(new ImportStatus
        {
            State = first.FinishedAt is not null ? ImportState.Finished
                : !first.Requested ? ImportState.NotStarted
                : _failure is not null ? ImportState.Waiting : ImportState.Running,
            CustomersRead = job is { IsFirst: true } ? job.CustomersRead : first.CustomersRead,
            ContactsSent = job is { IsFirst: true } ? job.ContactsSent : first.ContactsSent,
            StartedAt = first.StartedAt,
            FinishedAt = first.FinishedAt,
            LastDailyRun = job is { IsFirst: false } ? RunOf(job, null) : _written.LastDailyRun,
            Failure = _failure,
            FailingSince = _failingSince,
            Busy = State.IsBusy() || _written.IsBusy(),
            Reimport = _written.Reimport is { } reimport ? ReimportOf(reimport, null) : _written.LastReimport,
        });
    }

    private static DailyRunStatus RunOf(ImportJob job, DateTimeOffset? finishedAt) => new()
    {
        StartedAt = job.StartedAt,
        FinishedAt = finishedAt,
        CustomersRead = job.CustomersRead,
        ContactsSent = job.ContactsSent,
        Rejected = job.Rejected,
    };

    private static ReimportStatus ReimportOf(ImportJob job, DateTimeOffset? finishedAt) => new()
    {
        StartedAt = job.StartedAt,
        FinishedAt = finishedAt,
        CustomersRead = job.CustomersRead,
        ContactsSent = job.ContactsSent,
        Rejected = job.Rejected,
    };

    private async Task SaveAndWorkAsync()
    {
        await SaveAsync();
        _worker.Poke();
    }

    private async Task SaveAsync()
    {
        var writing = State.Copy();
        await _store.WriteStateAsync().OrDeactivateAsync(this);
        _written = writing;
    }

    private void NoteFailure(Exception failure, TimeSpan pause)
    {
        if (_failure is null)
        {
            _failingSince = _time.GetUtcNow();
            LogHeldUp(failure, _key.ConnectionId);
        }

        _failure = failure is RechargeCallException or OmetriaUnavailableException ? failure.Message : "Something went wrong inside the service.";
    }

    private void NoteProgress() => (_failure, _failingSince) = (null, null);
}
