using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Imports;

/// <inheritdoc cref="IUpcomingChargesGrain"/>
[GrainType("rg-upcoming-charges"), Reentrant]
internal sealed partial class UpcomingChargesGrain : Grain, IUpcomingChargesGrain
{
    /// <summary>Customers whose charges may have moved that a restart remembers.</summary>
    private const int MostKept = 1_000;

    private static readonly TimeSpan StayAlive = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<UpcomingChargesRecord> _store;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<UpcomingChargesGrain> _logger;
    private readonly GrainWorker _worker;

    // Saves waking a customer every hour for a week for the same charge. Only a saving: the customer itself decides.
    private readonly Dictionary<ChargeDate, long> _announced = [];
    private readonly ChargeHints _hints = new();
    private ConnectionKey _key;
    private string? _failure;
    private DateTimeOffset? _failingSince;

    public UpcomingChargesGrain(
        [PersistentState("upcoming-charges")] IPersistentState<UpcomingChargesRecord> store,
        IGrainFactory grains,
        TimeProvider time,
        ILogger<UpcomingChargesGrain> logger)
    {
        _store = store;
        _grains = grains;
        _time = time;
        _logger = logger;
        _worker = new GrainWorker(WorkAsync, NoteFailure, () => DelayDeactivation(StayAlive), time);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
        // Whose charges most of them were about is known to nobody any more.
        _store.State.IsDue |= _store.State.HasHints;
        foreach (var customer in _store.State.MayHaveMoved)
            _hints.Add(customer, DateOnly.MinValue, mayHaveMoved: true);
        _worker.Poke();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _worker.StopAsync(cancellationToken);

    public async Task EnsureReadAsync(TimeSpan every, ImportSettings settings)
    {
        var state = _store.State;
        state.Settings = settings;
        // Less a little: the tick of a reminder comes a moment early or late, which must not skip a reading.
        state.IsDue |= !(_time.GetUtcNow() - state.LastReadAt < every - TimeSpan.FromSeconds(30));
        await _store.WriteStateAsync().OrDeactivateAsync(this);
        _worker.Poke();
    }

    public async Task ConfigureAsync(ImportSettings settings)
    {
        _store.State.Settings = settings;
        await _store.WriteStateAsync().OrDeactivateAsync(this);
        _worker.Poke();
    }

    public async Task HintAsync(long customerId, DateOnly date, bool mayHaveMoved)
    {
        if (!_hints.Add(customerId, date, mayHaveMoved))
            return;
        var state = _store.State;
        var isKept = state.HasHints && (!mayHaveMoved || state.MayHaveMoved.Count >= MostKept || state.MayHaveMoved.Contains(customerId));
        if (!isKept)
        {
            state.HasHints = true;
            if (mayHaveMoved)
                state.MayHaveMoved.Add(customerId);
            await _store.WriteStateAsync().OrDeactivateAsync(this);
        }

        _worker.Poke();
    }

    public Task<UpcomingChargesStatus> GetStatusAsync() => Task.FromResult(new UpcomingChargesStatus
    {
        LastReadAt = _store.State.LastReadAt,
        Busy = _store.State.IsDue,
        Failure = _failure,
        FailingSince = _failingSince,
    });

    private void NoteFailure(Exception failure, TimeSpan pause)
    {
        if (_failure is null)
        {
            _failingSince = _time.GetUtcNow();
            LogReadingFailed(failure, _key.ConnectionId);
        }

        _failure = failure is RechargeCallException ? failure.Message : "Something went wrong inside the service.";
    }

    [LoggerMessage(4601, LogLevel.Warning, "Queued charges of connection {ConnectionId} cannot be read; trying on")]
    private partial void LogReadingFailed(Exception failure, string connectionId);
}
