using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Outbox;

/// <inheritdoc cref="IOutboxGrain"/>
[GrainType("rg-outbox"), Reentrant]
internal sealed partial class OutboxGrain : Grain, IOutboxGrain
{
    /// <summary>Delivered segments that are kept as a reminder of what was taken, before they are merged into the ledger.</summary>
    private const int KeptSegments = 256;

    /// <summary>Segments that one listing looks through, so that a filter that matches little does not read a whole backlog.</summary>
    private const int MaxSegmentsListed = 200;

    private static readonly TimeSpan StayAlive = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<OutboxState> _store;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxGrain> _logger;
    private readonly OutboxOptions _options;
    private readonly SegmentLog<OutboundEvent> _log;
    private readonly TakenLedger _ledger;
    private readonly GrainWorker _worker;
    private readonly Dictionary<long, long> _unmerged = [];
    private ConnectionKey _key;
    private long _waiting;
    private DateTimeOffset? _failingSince;
    private string? _lastFailure;
    private int _failures;

    public OutboxGrain(
        [PersistentState("outbox")] IPersistentState<OutboxState> store,
        [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
        IGrainContext context,
        IGrainFactory grains,
        TimeProvider time,
        IOptions<OutboxOptions> options,
        ILogger<OutboxGrain> logger)
    {
        _store = store;
        _grains = grains;
        _time = time;
        _logger = logger;
        _options = options.Value;
        _log = new SegmentLog<OutboundEvent>(storage, context.GrainId, "segment", Ometria.RecordWriter.MaxBatch);
        _ledger = new TakenLedger(storage, context.GrainId);
        _worker = new GrainWorker(DeliverNextAsync, LogStepFailed, () => DelayDeactivation(StayAlive), time);
    }

    private OutboxState State => _store.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
        await _log.LoadAsync((number, events) =>
        {
            foreach (var told in events)
                _unmerged[told.CustomerId] = Math.Max(told.Sequence, _unmerged.GetValueOrDefault(told.CustomerId));
            if (number > State.DeliveredThrough)
                _waiting += events.Count;
        });
        await _log.FenceAsync();
        _waiting -= State.Settled.Count;
        if (_waiting > 0)
            LogRecovered(_waiting, _key.ConnectionId);
        _worker.Poke();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _worker.StopAsync(cancellationToken);

    public async Task EnqueueAsync(IReadOnlyList<OutboundEvent> events, bool mayBeRepeated)
    {
        if (_waiting + events.Count > _options.MaxWaiting)
            throw new OutboxFullException();
        var fresh = new List<OutboundEvent>(events.Count);
        foreach (var told in events)
        {
            var taken = _unmerged.GetValueOrDefault(told.CustomerId);
            if (mayBeRepeated && told.Sequence > taken)
                taken = Math.Max(taken, await _ledger.ReadAsync(told.CustomerId));
            if (told.Sequence > Math.Max(taken, _unmerged.GetValueOrDefault(told.CustomerId)))
            {
                _unmerged[told.CustomerId] = told.Sequence;
                fresh.Add(told);
            }
        }

        _waiting += fresh.Count;
        // Also when nothing is fresh: the same event may be on its way to storage for a caller that gave up.
        await (fresh.Count > 0 ? _log.AppendAsync(fresh) : _log.WhenDurableAsync()).OrDeactivateAsync(this);

        _worker.Offer();
    }

    public async Task ConfigureAsync(OutboxSettings settings)
    {
        State.Settings = settings;
        await SaveAsync();
        _worker.Poke();
    }

    public Task<OutboxStatus> GetStatusAsync() => Task.FromResult(new OutboxStatus
    {
        Sent = State.Sent,
        Waiting = _waiting,
        Rejected = State.Rejected,
        DeadLettered = State.DeadLettered,
        DeadLetteredSince = State.DeadLetteredSince,
        Suppressed = State.Suppressed,
        FailingSince = _failingSince,
        LastFailure = _lastFailure,
    });

    public async Task<IReadOnlyList<DeliveryEntry>> ListWaitingAsync(DeliveryFilter filter, int limit)
    {
        var waiting = new List<DeliveryEntry>();
        var first = Math.Max(_log.First, State.DeliveredThrough + 1);
        var stop = Math.Max(first, _log.End - MaxSegmentsListed);
        for (var number = _log.End - 1; number >= stop && waiting.Count < limit; number--)
        {
            var events = await _log.ReadAsync(number);
            for (var i = events.Count - 1; i >= 0 && waiting.Count < limit; i--)
            {
                if (number == State.DeliveredThrough + 1 && State.Settled.ContainsKey(i))
                    continue;
                var entry = EntryOf(events[i], null);
                if (filter.Matches(entry))
                    waiting.Add(entry);
            }
        }

        return waiting;
    }

    private string TypeOf(EventKind kind) => State.Settings?.EventTypes.GetValueOrDefault(kind) ?? EventKinds.NameOf(kind);

    private DeliveryEntry EntryOf(OutboundEvent told, Settlement? settlement) => new()
    {
        EventId = told.EventId,
        Type = TypeOf(told.Kind),
        Email = told.Email,
        Status = settlement?.Status ?? DeliveryStatus.Waiting,
        OccurredAt = told.OccurredAt,
        ReceivedAt = told.ReceivedAt,
        SentAt = settlement?.Status is DeliveryStatus.Sent or DeliveryStatus.Rejected ? settlement.At : null,
        Attempts = settlement?.Attempts ?? 0,
        RequestId = settlement?.RequestId,
        Error = settlement?.Error,
        CustomerId = told.CustomerId,
    };

    private Task SaveAsync() => _store.WriteStateAsync().OrDeactivateAsync(this);
}
