using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Grains.Deliveries;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Security;
using RechargeGrains.Grains.Telemetry;
using RechargeGrains.Grains.Tenants;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;
using RechargeGrains.Recharge;
using RechargeGrains.Reconciliation;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Connections;

/// <inheritdoc cref="IConnectionGrain"/>
[GrainType("rg-connection"), Reentrant]
internal sealed partial class ConnectionGrain : Grain, IConnectionGrain
{
    /// <summary>Days of the delivery log that are removed at one waking; the next one goes on.</summary>
    private const int MaxDaysRemoved = 30;

    /// <summary>Longer than between two looks at the webhooks.</summary>
    private static readonly TimeSpan StayAlive = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<ConnectionRecord> _store;
    private readonly IGrainFactory _grains;
    private readonly ISecretProtector _protector;
    private readonly PublicAddress _publicAddress;
    private readonly ScheduleOptions _schedule;
    private readonly DeliveryOptions _deliveries;
    private readonly QuotaOptions _quotas;
    private readonly TimeProvider _time;
    private readonly ILogger<ConnectionGrain> _logger;
    private readonly GrainWorker _worker;
    private readonly GrainWorker _lookout;
    private readonly Reports<ConnectionMetrics.Look>.Report _report;
    private ConnectionKey _key;
    private string? _registrationFailure;
    private DateTimeOffset? _registrationFailingSince;
    private bool _registrationRefused;

    public ConnectionGrain(
        [PersistentState("connection")] IPersistentState<ConnectionRecord> store,
        IGrainFactory grains,
        ISecretProtector protector,
        PublicAddress publicAddress,
        IOptions<ScheduleOptions> schedule,
        IOptions<DeliveryOptions> deliveries,
        IOptions<QuotaOptions> quotas,
        TimeProvider time,
        ConnectionMetrics metrics,
        ILogger<ConnectionGrain> logger)
    {
        _store = store;
        _grains = grains;
        _protector = protector;
        _publicAddress = publicAddress;
        _schedule = schedule.Value;
        _deliveries = deliveries.Value;
        _quotas = quotas.Value;
        _time = time;
        _logger = logger;
        _report = metrics.Open();
        // Nothing that it cannot find out is worth a line: whoever does not answer says so himself.
        _lookout = new GrainWorker(LookAsync, (_, _) => { }, () => { }, time);
        _worker = new GrainWorker(SetUpAsync, NoteRegistrationFailure, () => DelayDeactivation(_schedule.WebhookCheckEvery + StayAlive), time);
    }

    private ConnectionRecord State => _store.State;

    private ConnectionSettings Settings => State.Settings ?? throw new InvalidOperationException("There is no such connection.");

    private TenantQuotas Quotas => _quotas.For(State.Enablement.Quotas);

    private bool IsHeld => State.IsPaused || State.DisconnectedAt is not null || !State.Enablement.Recharge;

    private string HookKeyPurpose => $"hook-key/{_key}";

    private string EmailSaltPurpose => $"email-salt/{_key}";

    private string HookKeyText => _protector.Unprotect(State.HookKey, HookKeyPurpose);

    private string EmailSalt => _protector.Unprotect(State.EmailSalt, EmailSaltPurpose);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ConnectionKey.Parse(this.GetPrimaryKeyString());
        _wokenAt = _time.GetUtcNow();
        if (HasSetUpToDo)
            _worker.Poke();
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _report.Dispose();
        await Task.WhenAll(_worker.StopAsync(cancellationToken), _lookout.StopAsync(cancellationToken));
    }

    public async Task CreateAsync(ConnectionSettings settings, Enablement enablement)
    {
        if (State.Settings is null)
        {
            var hookKey = HookKey.New();
            await _grains.GetGrain<IHookKeyGrain>(HookKey.GrainKeyOf(hookKey)).AssignAsync(_key);
            State.HookKey = _protector.Protect(hookKey, HookKeyPurpose);
            State.EmailSalt = _protector.Protect(RandomNumberGenerator.GetHexString(32), EmailSaltPurpose);
            State.CreatedAt = _time.GetUtcNow();
            State.Enablement = enablement;
            State.Settings = settings;
            await SaveAsync();
            LogCreated(_key.ConnectionId, _key.TenantId);
        }

        await ConfigureOthersAsync();
        _worker.Poke();
    }

    public async Task<int> SealAnewAsync()
    {
        if (State.Settings is null || (_protector.IsCurrent(State.HookKey) && _protector.IsCurrent(State.EmailSalt)))
            return 0;
        State.HookKey = _protector.Renewed(State.HookKey, HookKeyPurpose);
        State.EmailSalt = _protector.Renewed(State.EmailSalt, EmailSaltPurpose);
        await SaveAsync();
        return 2;
    }

    public async Task ApplyEnablementAsync(Enablement enablement)
    {
        if (State.Settings is null)
            return;
        await TakeOverAsync(enablement);
        await ConfigureOthersAsync();
        _worker.Poke();
    }

    public async Task<HookTarget?> GetHookTargetAsync()
    {
        if (State.Settings is null || State.DisconnectedAt is not null)
            return null;
        return new HookTarget
        {
            Connection = _key,
            ClientSecrets = await RechargeAccount().GetClientSecretsAsync(),
            Context = await ContextAsync(),
            WebhooksPerSecond = Quotas.WebhooksPerSecond,
        };
    }

    public Task<string?> GetEmailSaltAsync() => Task.FromResult(State.Settings is null ? null : EmailSalt);

    public async Task WakeAsync(Enablement enablement)
    {
        _wokenAt = _time.GetUtcNow();
        if (HasSetUpToDo)
            _worker.Poke();
        _lookout.Offer();
        if (State.Settings is not null)
        {
            await RemoveOldDeliveriesAsync();
            await _grains.GetGrain<IReplayGrain>(_key.ToString()).WakeAsync();
        }

        if (State.Settings is null || State.DisconnectedAt is not null)
            return;

        await TakeOverAsync(enablement);
        var settings = await ConfigureOthersAsync();
        if (IsHeld || State.EventsSince is null)
            return;
        var day = DailyClock.Parse(_schedule.DailySyncUtc).LatestDueDay(_time.GetUtcNow());
        await _grains.GetGrain<IImportGrain>(_key.ToString()).EnsureDailyAsync(day, settings);
        await EnsureComparedAsync(settings);
        // A charge of a customer that the import has yet to reach would have to be looked up one by one, before the import's pages.
        if (await IsImportedAsync())
            await _grains.GetGrain<IUpcomingChargesGrain>(_key.ToString()).EnsureReadAsync(_schedule.UpcomingChargeEvery, settings);
    }

    public async Task ReconcileAsync()
    {
        var settings = await ConfigureOthersAsync();
        // Before the import is done there is nothing to compare with; the wish is kept until then.
        await EnsureComparedAsync(settings);
        await Reconciliation().CompareAllAsync(settings);
    }

    public async Task ReimportAsync()
    {
        var settings = await ConfigureOthersAsync();
        await _grains.GetGrain<IImportGrain>(_key.ToString()).ReimportAsync(settings);
    }

    public async Task SyncAsync()
    {
        var settings = await ConfigureOthersAsync();
        await _grains.GetGrain<IImportGrain>(_key.ToString()).SyncNowAsync(settings);
        await _grains.GetGrain<IUpcomingChargesGrain>(_key.ToString()).EnsureReadAsync(TimeSpan.Zero, settings);
    }

    public Task PauseAsync() => SetPausedAsync(true);

    public async Task ResumeAsync()
    {
        await SetPausedAsync(false);
        await WakeAsync(State.Enablement);
    }

    public async Task DisconnectAsync()
    {
        State.DisconnectedAt ??= _time.GetUtcNow();
        await SaveAsync();
        await ConfigureOthersAsync();
        LogDisconnected(_key.ConnectionId);
        _worker.Poke();
        _lookout.Offer();
    }

    public async Task<DeliveryEntry?> SendTestEventAsync(EventKind kind, string email)
    {
        if (State.Settings is null || State.DisconnectedAt is not null || !EffectiveEvents().Contains(kind))
            return null;
        var test = TestEvents.Of(kind, email, Settings.UpcomingChargeDays, _time.GetUtcNow()) with { TraceParent = Tracing.Place };
        return await _grains.GetGrain<IOutboxGrain>(_key.ToString()).SendTestAsync(test);
    }

    public async Task CountAsync(HookCounts counts)
    {
        if (State.Settings is null)
            return;
        State.Received += counts.Received;
        State.Duplicates += counts.Duplicates;
        State.BadSignatures += counts.BadSignatures;
        if (counts.BadSignatures > 0)
            State.LastBadSignatureAt = _time.GetUtcNow();
        State.OverQuota += counts.OverQuota;
        if (counts.OverQuota > 0)
            State.LastOverQuotaAt = _time.GetUtcNow();
        await SaveAsync();
    }

    /// <summary>Also of a connection that is no longer in use: what is kept of people is kept for a time.</summary>
    private async Task RemoveOldDeliveriesAsync()
    {
        var last = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime).AddDays(-_deliveries.KeepDays - 1);
        var next = State.DeliveriesRemovedThrough?.AddDays(1) ?? DateOnly.FromDateTime(State.CreatedAt.UtcDateTime);
        if (next > last)
            return;
        for (var removed = 0; next <= last && removed < MaxDaysRemoved; next = next.AddDays(1), removed++)
            await _grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(_key, next).ToString()).RemoveAsync();
        State.DeliveriesRemovedThrough = next.AddDays(-1);
        await SaveAsync();
    }

    private async Task<bool> IsImportedAsync() =>
        (await _grains.GetGrain<IImportGrain>(_key.ToString()).GetStatusAsync()).State == ImportState.Finished;

    private async Task EnsureComparedAsync(ImportSettings settings)
    {
        if (!IsHeld && await IsImportedAsync())
            await Reconciliation().EnsureAsync(settings, DailyClock.Parse(_schedule.DailySyncUtc).Night.LatestDueDay(_time.GetUtcNow()));
    }

    private async Task TakeOverAsync(Enablement enablement)
    {
        if (State.Enablement.Recharge == enablement.Recharge && State.Enablement.CustomEvents.SequenceEqual(enablement.CustomEvents) && State.Enablement.Quotas == enablement.Quotas)
            return;
        if (enablement.Recharge && State.DisabledSince is not null)
            State.EnabledAgainAt = _time.GetUtcNow();
        State.Enablement = enablement;
        State.DisabledSince = enablement.Recharge ? null : State.DisabledSince ?? _time.GetUtcNow();
        await SaveAsync();
    }

    private async Task SetPausedAsync(bool paused)
    {
        State.IsPaused = paused;
        await SaveAsync();
        await ConfigureOthersAsync();
        _lookout.Offer();
    }

    /// <summary>Tells those who send and read what they may, and wakes them.</summary>
    private async Task<ImportSettings> ConfigureOthersAsync()
    {
        var context = await ContextAsync();
        var settings = new ImportSettings
        {
            RechargeAccount = Settings.RechargeAccount,
            OmetriaAccount = Settings.OmetriaAccount,
            Context = context,
            Held = IsHeld,
        };
        await Task.WhenAll(
            _grains.GetGrain<IOutboxGrain>(_key.ToString()).ConfigureAsync(new OutboxSettings
            {
                OmetriaAccount = Settings.OmetriaAccount,
                Held = IsHeld,
                Events = context.Events,
                EventTypes = Settings.EventTypes,
                LateEvents = Settings.LateEvents,
                Backlog = State.Enablement.Quotas?.Backlog,
                IsDisconnected = State.DisconnectedAt is not null,
            }),
            _grains.GetGrain<IRefreshQueueGrain>(_key.ToString()).ConfigureAsync(settings),
            _grains.GetGrain<IImportGrain>(_key.ToString()).ConfigureAsync(settings),
            _grains.GetGrain<IUpcomingChargesGrain>(_key.ToString()).ConfigureAsync(settings),
            Reconciliation().ConfigureAsync(settings));
        return settings;
    }

    private async Task<CustomerContext> ContextAsync()
    {
        var store = (await RechargeAccount().GetStatusAsync()).Store;
        return new CustomerContext
        {
            Events = EffectiveEvents(),
            EventsSince = State.EventsSince ?? State.CreatedAt,
            CustomersStartDate = Settings.CustomersStartDate,
            StoreId = store?.Id ?? Settings.RechargeAccount.AccountId,
            EmailSalt = EmailSalt,
            UpcomingChargeDays = Settings.UpcomingChargeDays,
            ToldSince = State.EnabledAgainAt,
        };
    }

    private IReadOnlyList<EventKind> EffectiveEvents() =>
        State.Enablement.Recharge ? [.. Settings.CustomEvents.Where(State.Enablement.CustomEvents.Contains)] : [];

    private IRechargeAccountGrain RechargeAccount() => _grains.GetGrain<IRechargeAccountGrain>(Settings.RechargeAccount.ToString());

    private IReconciliationGrain Reconciliation() => _grains.GetGrain<IReconciliationGrain>(_key.ToString());

    private Task SaveAsync() => _store.WriteStateAsync().OrDeactivateAsync(this);
}
