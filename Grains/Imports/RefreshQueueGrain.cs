using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Imports;

/// <inheritdoc cref="IRefreshQueueGrain"/>
[GrainType("rg-refresh-queue"), Reentrant]
internal sealed partial class RefreshQueueGrain : Grain, IRefreshQueueGrain
{
    private const int SegmentSize = 500;

    /// <summary>Readings side by side. The account's budget sets the pace.</summary>
    private const int Parallelism = 8;

    private const int AtOneGo = 32;

    private const int MaxSegments = 8;

    private const int MostCounted = 1_000;

    /// <summary>
    /// A customer without an address, or one that Recharge does not let us read, is asked for less and less often: the calls are needed
    /// for others, and a webhook brings the address as soon as there is one.
    /// </summary>
    private static readonly TimeSpan SeldomChanges = TimeSpan.FromHours(6);

    /// <summary>Reads race with writes at Recharge: a customer that a webhook names and a reading does not find may be there in a moment.</summary>
    private static readonly TimeSpan ReadsRace = TimeSpan.FromMinutes(10);

    /// <summary>With more than these in line, a reading takes longer than an event may wait for it: two a second are all that Recharge allows.</summary>
    private const int ReadSoon = 16;

    /// <summary>How long the first event of a customer waits for the customer to be read.</summary>
    private static readonly TimeSpan EventsWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan StayAlive = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<RefreshQueueState> _store;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<RefreshQueueGrain> _logger;
    private readonly SegmentLog<RefreshItem> _log;
    private readonly GrainWorker _worker;
    private readonly Dictionary<long, Waiting> _waiting = [];
    private ConnectionKey _key;

    public RefreshQueueGrain(
        [PersistentState("refresh-queue")] IPersistentState<RefreshQueueState> store,
        [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
        IGrainContext context,
        IGrainFactory grains,
        TimeProvider time,
        ILogger<RefreshQueueGrain> logger)
    {
        _store = store;
        _grains = grains;
        _time = time;
        _logger = logger;
        _log = new SegmentLog<RefreshItem>(storage, context.GrainId, "customer", SegmentSize);
        _worker = new GrainWorker(ReadDueAsync, LogStepFailed, () => DelayDeactivation(StayAlive), time);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
        await _log.LoadAsync((number, items) =>
        {
            foreach (var item in items)
                _waiting[item.CustomerId] = new Waiting { Events = item.Events, NotBefore = item.NotBefore ?? default, WantedAt = item.NotBefore, Segment = number };
        });
        await _log.FenceAsync();
        foreach (var (customer, waiting) in _waiting.Where(pair => pair.Value.Events > 0).Take(ReadSoon))
            _ = GiveUpWaitingAsync(customer, waiting);
        _worker.Poke();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => _worker.StopAsync(cancellationToken);

    public async Task<bool> AddAsync(long customerId, int waitingEvents, bool canBeTold)
    {
        var known = _waiting.GetValueOrDefault(customerId);
        var isSoon = (known?.Failures ?? 0) == 0 && IsReadSoon() && _store.State.Settings is { Held: false };
        if (canBeTold && !isSoon)
            waitingEvents = 0;
        if (known is null || known.Events < waitingEvents)
        {
            // More events than before are more urgent, also for one that was given up for a while.
            known = _waiting[customerId] = new Waiting { Events = waitingEvents, Reading = known?.Reading, WantedAt = known?.WantedAt };
            if (canBeTold && isSoon)
                _ = GiveUpWaitingAsync(customerId, known);
            await KeepAsync(customerId, known);
        }
        else if (canBeTold && !isSoon)
        {
            await NoteToldAsync(customerId, known);
        }

        await _log.WhenDurableAsync().OrDeactivateAsync(this);
        _worker.Poke();
        return isSoon;
    }

    public async Task AddLaterAsync(long customerId, DateTimeOffset notBefore)
    {
        var known = _waiting.GetValueOrDefault(customerId);
        // A reading that is under way or wanted sooner is too early: it must not take this wish with it.
        if (known?.WantedAt != notBefore)
        {
            known = _waiting[customerId] = new Waiting
            {
                Events = known?.Events ?? 0,
                Reading = known?.Reading,
                NotBefore = known is null ? notBefore : known.NotBefore,
                WantedAt = notBefore,
            };
            await KeepAsync(customerId, known);
        }

        await _log.WhenDurableAsync().OrDeactivateAsync(this);
        _worker.Poke();
    }

    public async Task ConfigureAsync(ImportSettings settings)
    {
        _store.State.Settings = settings;
        await _store.WriteStateAsync().OrDeactivateAsync(this);
        foreach (var waiting in _waiting.Values)
            waiting.NotBefore = default;
        _worker.Poke();
    }

    public async Task DrainAsync()
    {
        if (_store.State.Settings is not { Held: false } settings)
            return;
        await ReadAsync([.. _waiting.Keys], settings, CancellationToken.None);
    }

    public Task<RefreshStatus> GetStatusAsync() => Task.FromResult(
        new RefreshStatus(_waiting.Values.Count(waiting => waiting.Failures > 1), _waiting.Values.Sum(waiting => waiting.Events)));

    private async Task<TimeSpan?> ReadDueAsync(CancellationToken stopping)
    {
        if (_store.State.Settings is not { Held: false } settings || _waiting.Count == 0)
            return null;
        var now = _time.GetUtcNow();
        // Not all at once: whoever has events that wait must not come after hours of others.
        var due = _waiting.Where(pair => pair.Value.NotBefore <= now).OrderByDescending(pair => pair.Value.Events > 0).Take(AtOneGo);
        await ReadAsync([.. due.Select(pair => pair.Key)], settings, stopping);
        await TrimAsync().OrDeactivateAsync(this);
        if (_waiting.Count == 0)
            return null;

        var next = _waiting.Values.Min(waiting => waiting.NotBefore) - _time.GetUtcNow();
        return next > TimeSpan.Zero ? next : TimeSpan.Zero;
    }

    private Task ReadAsync(IReadOnlyCollection<long> customers, ImportSettings settings, CancellationToken stopping) =>
        SideBySide.ForEachAsync(customers, Parallelism, customer => ReadOneAsync(customer, settings), stopping);

    private async Task ReadOneAsync(long customerId, ImportSettings settings)
    {
        // Someone else may have read it, or be reading it just now, which is then waited for.
        if (!_waiting.TryGetValue(customerId, out var waiting))
            return;
        // One that is over was of the wish before this one.
        if (waiting.Reading is not { IsCompleted: false })
            waiting.Reading = ReadAsync(customerId, waiting, settings);
        await waiting.Reading;
    }

    private async Task ReadAsync(long customerId, Waiting waiting, ImportSettings settings)
    {
        await Task.Yield();
        try
        {
            var account = _grains.GetGrain<IRechargeAccountGrain>(settings.RechargeAccount.ToString());
            var askedAt = _time.GetUtcNow();
            var snapshot = await account.ReadCustomerAsync(customerId, waiting.Events > 0 ? CallPriority.Live : CallPriority.BackFill);
            var customer = _grains.GetKnown<ICustomerGrain>(new CustomerKey(_key, customerId).ToString());
            if (snapshot is not null)
                await customer.ApplySnapshotAsync(snapshot, settings.Context);

            var now = _time.GetUtcNow();
            waiting.FirstReadAt ??= now;
            if (snapshot is null && now - waiting.FirstReadAt < ReadsRace)
                waiting.NotBefore = now + Backoff.After(++waiting.Failures);
            else if (snapshot is { Profile.Email: null })
                waiting.NotBefore = now + Backoff.After(++waiting.Failures, SeldomChanges);
            else if (waiting.WantedAt > now)
                waiting.NotBefore = waiting.WantedAt.Value;
            else
            {
                if (snapshot is null)
                    await customer.ApplyGoneAsync(askedAt, settings.Context);
                // Gone at Recharge, or known whole and with an address: nothing is left to be read.
                Forget(customerId, waiting);
            }
        }
        catch (RechargeCallException failure)
        {
            var longest = failure.Failure == RechargeFailure.Unavailable ? (TimeSpan?)null : SeldomChanges;
            waiting.NotBefore = _time.GetUtcNow() + Backoff.After(++waiting.Failures, longest);
            LogReadFailed(failure.Failure, _key.ConnectionId);
        }
        catch (Exception failure)
        {
            // One customer's trouble must not keep the others from being read.
            waiting.NotBefore = _time.GetUtcNow() + Backoff.After(++waiting.Failures, SeldomChanges);
            LogNotApplied(failure, _key.ConnectionId);
        }
        finally
        {
            waiting.Reading = null;
            waiting.FirstTried.TrySetResult();
        }
    }

    /// <summary>Has the events of a customer told that could not be read in time, or for whom the reading failed.</summary>
    private async Task GiveUpWaitingAsync(long customerId, Waiting waiting)
    {
        await Task.WhenAny(waiting.FirstTried.Task, Task.Delay(EventsWait, _time));
        if (_waiting.GetValueOrDefault(customerId) != waiting || _store.State.Settings is not { } settings)
            return;
        try
        {
            if (await _grains.GetKnown<ICustomerGrain>(new CustomerKey(_key, customerId).ToString()).TellUnreadAsync(settings.Context))
                await NoteToldAsync(customerId, waiting);
        }
        catch (Exception failure)
        {
            // They are told with the customer's next message, or once it is read.
            LogNotTold(failure, _key.ConnectionId);
        }
    }

    private async Task NoteToldAsync(long customerId, Waiting waiting)
    {
        if (waiting.Events == 0)
            return;
        waiting.Events = 0;
        await KeepAsync(customerId, waiting);
    }

    private async Task KeepAsync(long customerId, Waiting waiting)
    {
        var durable = _log.AppendAsync([new RefreshItem(customerId, waiting.Events, waiting.WantedAt)]);
        waiting.Segment = _log.Open!.Value;
        await durable.OrDeactivateAsync(this);
    }

    /// <summary>Removes segments that nobody waits in any more; those who wait for long move on, so that they do not hold the others' back.</summary>
    private async Task TrimAsync()
    {
        // More than twice as many as are needed.
        if (_log.End - _log.First > MaxSegments + 2 * _waiting.Count / SegmentSize)
        {
            var latest = _log.End - 1;
            await Task.WhenAll(_waiting.Where(pair => pair.Value.Segment < latest).ToList().Select(pair => KeepAsync(pair.Key, pair.Value)));
        }

        if (_waiting.Count == 0)
            _log.Seal();
        var firstNeeded = _waiting.Count == 0 ? _log.End : _waiting.Values.Min(waiting => waiting.Segment);
        if (firstNeeded <= _log.First)
            return;
        await _log.WhenDurableAsync();
        await _log.TrimAsync(firstNeeded - 1);
    }

    private bool IsReadSoon()
    {
        if (_waiting.Count < ReadSoon)
            return true;
        // Those who are asked for less and less often take no part in the line.
        var now = _time.GetUtcNow();
        return _waiting.Count < MostCounted && _waiting.Values.Count(waiting => waiting.NotBefore <= now) < ReadSoon;
    }

    private void Forget(long customerId, Waiting read)
    {
        // Not if it was asked for again since.
        if (_waiting.GetValueOrDefault(customerId) == read)
            _waiting.Remove(customerId);
    }

    [LoggerMessage(4501, LogLevel.Warning, "A customer of connection {ConnectionId} could not be read ({Failure}); trying again later")]
    private partial void LogReadFailed(RechargeFailure failure, string connectionId);

    [LoggerMessage(4502, LogLevel.Error, "A step of the refresh queue failed; next try in {Pause}")]
    private partial void LogStepFailed(Exception failure, TimeSpan pause);

    [LoggerMessage(4503, LogLevel.Warning, "Events of a customer of connection {ConnectionId} that could not be read are told later")]
    private partial void LogNotTold(Exception failure, string connectionId);

    [LoggerMessage(4504, LogLevel.Error, "A customer of connection {ConnectionId} was read and could not be updated; trying again later")]
    private partial void LogNotApplied(Exception failure, string connectionId);

    private sealed class Waiting
    {
        /// <summary>Events that cannot be told before the customer is read.</summary>
        public int Events { get; set; }

        public DateTimeOffset NotBefore { get; set; }

        /// <summary>When it is to be read in any case, also if it was read before.</summary>
        public DateTimeOffset? WantedAt { get; init; }

        public DateTimeOffset? FirstReadAt { get; set; }

        /// <summary>Where it is in the log.</summary>
        public long Segment { get; set; }

        public int Failures { get; set; }

        public Task? Reading { get; set; }

        /// <summary>Completes when the reading was tried once, whatever came of it.</summary>
        public TaskCompletionSource FirstTried { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
