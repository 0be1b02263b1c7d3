using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Telemetry;
using RechargeGrains.Grains.Tenants;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Outbox;

/// <inheritdoc cref="IOutboxGrain"/>
[GrainType("rg-outbox"), Reentrant]
internal sealed partial class OutboxGrain : Grain, IOutboxGrain
{
    /// <summary>Segments that one listing looks through, so that a filter that matches little does not read a whole backlog.</summary>
    private const int MaxSegmentsListed = 200;

    private const int SegmentSize = Ometria.RecordWriter.MaxBatch;

    private static readonly TimeSpan StayAlive = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<OutboxState> _store;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxGrain> _logger;
    private readonly OutboxOptions _options;
    private readonly ScheduleOptions _schedule;
    private readonly SegmentLog<OutboundEvent> _log;
    private readonly TakenLedger _ledger;
    private readonly GrainWorker _worker;
    private readonly GrainWorker _merger;
    private readonly GrainWorker _errorPoll;
    private readonly GrainWorker _sharer;
    private readonly QuotaOptions _quotas;
    private readonly Dictionary<long, long> _unmerged = [];
    private readonly OutboxMetrics _metrics;
    private readonly Reports<OutboxMetrics.Waiting>.Report _report;
    private readonly HashSet<string> _replaying = new(StringComparer.Ordinal);
    private ConnectionKey _key;
    private long _waiting;

    public OutboxGrain(
        [PersistentState("outbox")] IPersistentState<OutboxState> store,
        [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
        IGrainContext context,
        IGrainFactory grains,
        TimeProvider time,
        IOptions<OutboxOptions> options,
        IOptions<ScheduleOptions> schedule,
        IOptions<QuotaOptions> quotas,
        OutboxMetrics metrics,
        ILogger<OutboxGrain> logger)
    {
        _store = store;
        _grains = grains;
        _time = time;
        _logger = logger;
        _options = options.Value;
        _schedule = schedule.Value;
        _quotas = quotas.Value;
        _metrics = metrics;
        _report = metrics.Open();
        _log = new SegmentLog<OutboundEvent>(storage, context.GrainId, "segment", SegmentSize);
        _ledger = new TakenLedger(storage, context.GrainId);
        _worker = new GrainWorker(DeliverNextAsync, LogStepFailed, () => DelayDeactivation(StayAlive), time);
        _merger = new GrainWorker(MergeAsync, LogStepFailed, () => DelayDeactivation(StayAlive), time);
        _errorPoll = new GrainWorker(PollErrorsAsync, LogStepFailed, () => DelayDeactivation(2 * _schedule.ErrorPollEvery), time);
        _sharer = new GrainWorker(ShareBacklogAsync, LogStepFailed, () => { }, time);
    }

    private OutboxState State => _store.State;

    /// <summary>Segment before which everything is settled.</summary>
    private long FirstWaiting => Math.Max(_log.First, State.DeliveredThrough + 1);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
        // What is in the ledger need not be in memory, so a start costs the same however much waits.
        await _log.LoadAsync(Remember, from: State.MergedThrough + 1);
        await _log.FenceAsync();
        _waiting += State.WaitingMerged - State.Settled.Count;
        // A push that was under way when the last activation ended may have been accepted.
        if (State.Sending is { } sending)
            sending.Unknown.UnionWith(sending.Out);
        _mayBeLogged = State.Unlogged.Count > 0;
        if (_waiting > 0)
            LogRecovered(_waiting, _key.ConnectionId);
        Report();
        _worker.Poke();
        _errorPoll.Poke();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _report.Dispose();
        await Task.WhenAll(_worker.StopAsync(cancellationToken), _merger.StopAsync(cancellationToken), _errorPoll.StopAsync(cancellationToken), _sharer.StopAsync(cancellationToken));
    }

    public async Task EnqueueAsync(IReadOnlyList<OutboundEvent> events, bool mayBeRepeated)
    {
        EnsureRoomFor(events.Count);
        var mustLookUp = mayBeRepeated && events.Any(told => told.Sequence > _unmerged.GetValueOrDefault(told.CustomerId));
        var inLedger = mustLookUp ? await _ledger.ReadAsync(events[0].CustomerId) : 0;
        // From here on without a wait: what is noted as taken has to be in the log.
        var fresh = new List<OutboundEvent>(events.Count);
        foreach (var told in events.Where(told => told.Sequence > Math.Max(inLedger, _unmerged.GetValueOrDefault(told.CustomerId))))
        {
            _unmerged[told.CustomerId] = told.Sequence;
            fresh.Add(told);
        }

        await TakeAsync(fresh);
    }

    public async Task<int> ReplayAsync(IReadOnlyList<DeliveryEntry> deliveries)
    {
        EnsureRoomFor(deliveries.Count);
        var fresh = deliveries.Where(delivery => delivery.PropertiesJson is not null && _replaying.Add(delivery.EventId)).Select(Replay.Of).ToList();
        await TakeAsync(fresh);
        return fresh.Count;
    }

    public async Task<DeliveryEntry> SendTestAsync(OutboundEvent test)
    {
        EnsureRoomFor(1);
        await TakeAsync([test]);
        return EntryOf(test, null);
    }

    public async Task ConfigureAsync(OutboxSettings settings)
    {
        State.Settings = settings;
        await SaveAsync();
        _worker.Poke();
        _errorPoll.Poke();
        _merger.Poke();
        _sharer.Poke();
    }

    public Task<OutboxStatus> GetStatusAsync()
    {
        var now = _time.GetUtcNow();
        var unmatched = State.Errors.UnmatchedAt > now - ErrorsShown;
        return Task.FromResult(new OutboxStatus
        {
            Sent = State.Sent,
            Waiting = _waiting,
            Rejected = State.Rejected,
            DeadLettered = State.DeadLettered,
            DeadLetteredSince = State.DeadLetteredSince,
            Suppressed = State.Suppressed,
            FailingSince = _failingSince,
            LastFailure = _lastFailure,
            Repeated = State.Repeated,
            PacedUntil = State.PacedUntil > now ? State.PacedUntil : null,
            Paced = State.PacedUntil > now ? State.Paced : 0,
            UnmatchedErrors = unmatched ? State.Errors.Unmatched : 0,
            UnmatchedErrorAt = unmatched ? State.Errors.UnmatchedAt : null,
            UnmatchedErrorPath = unmatched ? State.Errors.UnmatchedPath : null,
            Room = _options.MaxWaiting - _waiting,
            TenantWaiting = TenantWaiting,
            TenantRoom = TenantBacklog - TenantWaiting,
            OldestWaitingAt = _waiting > 0 ? _oldestWaitingAt : null,
        });
    }

    public async Task<IReadOnlyList<DeliveryEntry>> ListWaitingAsync(DeliveryFilter filter, int limit) => (await ReadWaitingAsync(filter, null, limit)).Entries;

    public async Task<DeliveryPage> ReadWaitingAsync(DeliveryFilter filter, long? before, int limit)
    {
        var waiting = new List<DeliveryEntry>();
        var number = before is { } position ? Math.Min(position / SegmentSize, _log.End - 1) : _log.End - 1;
        var index = before is { } place && number == place / SegmentSize ? (int)(place % SegmentSize) - 1 : int.MaxValue;
        for (var read = 0; read < MaxSegmentsListed && number >= FirstWaiting; number--, read++, index = int.MaxValue)
        {
            var events = await _log.ReadAsync(number);
            for (var i = Math.Min(index, events.Count - 1); i >= 0; i--)
            {
                if (number <= State.DeliveredThrough || (number == State.DeliveredThrough + 1 && State.Settled.ContainsKey(i)))
                    continue;
                var entry = EntryOf(events[i], null);
                if (!filter.Matches(entry))
                    continue;
                waiting.Add(entry);
                if (waiting.Count == limit)
                    return new DeliveryPage { Entries = waiting, Before = number * SegmentSize + i };
            }
        }

        return new DeliveryPage { Entries = waiting, Before = number >= FirstWaiting ? (number + 1) * SegmentSize : null };
    }

    private void EnsureRoomFor(int events)
    {
        if (_waiting + events > _options.MaxWaiting || TenantWaiting + events > TenantBacklog)
            throw new OutboxFullException();
    }

    private async Task TakeAsync(IReadOnlyList<OutboundEvent> fresh)
    {
        _waiting += fresh.Count;
        Report();
        // Also when nothing is fresh: the same event may be on its way to storage for a caller that gave up.
        await (fresh.Count > 0 ? _log.AppendAsync(fresh) : _log.WhenDurableAsync()).OrDeactivateAsync(this);
        _worker.Offer();
        if (IsMergeDue)
            _merger.Offer();
    }

    private void Remember(long number, IReadOnlyList<OutboundEvent> events)
    {
        foreach (var told in events)
        {
            if (told.IsReplay && number > State.DeliveredThrough)
                _replaying.Add(told.EventId);
            else if (told.HasNumber)
                _unmerged[told.CustomerId] = Math.Max(told.Sequence, _unmerged.GetValueOrDefault(told.CustomerId));
        }

        if (number > State.DeliveredThrough)
            _waiting += events.Count;
    }

    private void Report()
    {
        _report.Say(new OutboxMetrics.Waiting(_waiting, _waiting > 0 ? _oldestWaitingAt : null));
        _sharer.Offer();
    }

    private string TypeOf(EventKind kind) => State.Settings?.EventTypes.GetValueOrDefault(kind) ?? EventKinds.NameOf(kind);

    private Task SaveAsync() => _store.WriteStateAsync().OrDeactivateAsync(this);
}
