using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Imports;

/// <inheritdoc cref="IUpcomingChargesGrain"/>
[GrainType("rg-upcoming-charges"), Reentrant]
internal sealed partial class UpcomingChargesGrain : Grain, IUpcomingChargesGrain
{
    private const int Parallelism = 32;

    private static readonly TimeSpan StayAlive = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<UpcomingChargesRecord> _store;
    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger<UpcomingChargesGrain> _logger;
    private readonly GrainWorker _worker;

    // Saves waking a customer every hour for a week for the same charge. Only a saving: the customer itself decides.
    private readonly HashSet<AnnouncedCharge> _announced = [];
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
        _worker = new GrainWorker(ReadAsync, NoteFailure, () => DelayDeactivation(StayAlive), time);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
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

    public Task<UpcomingChargesStatus> GetStatusAsync() => Task.FromResult(new UpcomingChargesStatus
    {
        LastReadAt = _store.State.LastReadAt,
        Busy = _store.State.IsDue,
        Failure = _failure,
        FailingSince = _failingSince,
    });

    private async Task<TimeSpan?> ReadAsync(CancellationToken stopping)
    {
        // While the event is not enabled nothing is read, so that enabling it announces what is then in the window.
        if (_store.State is not { IsDue: true, Settings: { Held: false } settings } || !settings.Context.Events.Contains(EventKind.UpcomingCharge))
            return null;
        var startedAt = _time.GetUtcNow();
        var account = _grains.GetGrain<IRechargeAccountGrain>(settings.RechargeAccount.ToString());
        var store = (await account.GetStatusAsync()).Store;
        var today = StoreCalendar.Today(startedAt, store?.TimeZone);
        var until = today.AddDays(settings.Context.UpcomingChargeDays);
        _announced.RemoveWhere(charge => charge.Date < today);

        string? cursor = null;
        do
        {
            var page = await account.ReadQueuedChargesAsync(today, until, cursor, CallPriority.BackFill);
            await SideBySide.ForEachAsync(page.Charges, Parallelism, charge => AnnounceAsync(charge, today, settings), stopping);
            cursor = page.NextCursor == cursor ? null : page.NextCursor;
        }
        while (cursor is not null);

        _store.State.LastReadAt = startedAt;
        _store.State.IsDue = false;
        await _store.WriteStateAsync(CancellationToken.None).OrDeactivateAsync(this);
        (_failure, _failingSince) = (null, null);
        return null;
    }

    private async Task AnnounceAsync(ChargeSnapshot charge, DateOnly today, ImportSettings settings)
    {
        var announced = new AnnouncedCharge(charge.AddressId, charge.ScheduledAt);
        if (_announced.Contains(announced))
            return;
        var customer = _grains.GetGrain<ICustomerGrain>(new CustomerKey(_key, charge.Customer.Id).ToString());
        await customer.AnnounceChargeAsync(charge, today, settings.Context);
        _announced.Add(announced);
    }

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
