using RechargeGrains.Connections;
using RechargeGrains.Contacts;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Imports;
using RechargeGrains.Ometria;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Connections;

/// <content>Puts together what a person can see.</content>
internal sealed partial class ConnectionGrain
{
    public async Task<ConnectionStatus?> GetStatusAsync()
    {
        if (State.Settings is not { } settings)
            return null;
        var key = _key.ToString();
        var import = _grains.GetGrain<IImportGrain>(key).GetStatusAsync();
        var events = _grains.GetGrain<IOutboxGrain>(key).GetStatusAsync();
        var contacts = _grains.GetGrain<IContactBookGrain>(key).GetStatusAsync();
        var charges = _grains.GetGrain<IUpcomingChargesGrain>(key).GetStatusAsync();
        var setAside = _grains.GetGrain<ISetAsideGrain>(key).GetSummaryAsync();
        var recharge = RechargeAccount().GetStatusAsync();
        var ometria = _grains.GetGrain<IOmetriaAccountGrain>(settings.OmetriaAccount.ToString()).GetStatusAsync();
        var refresh = _grains.GetGrain<IRefreshQueueGrain>(key).GetStatusAsync();
        var drift = Reconciliation().GetStatusAsync();
        await Task.WhenAll(drift, refresh, import, events, contacts, charges, setAside, recharge, ometria);

        var view = new ProblemRules.View
        {
            Import = await import,
            Events = await events,
            Charges = await charges,
            SetAside = await setAside,
            Contacts = await contacts,
            Recharge = await recharge,
            Ometria = await ometria,
            RegistrationFailure = _registrationFailure,
            RegistrationRefused = _registrationRefused,
            RegistrationFailingSince = _registrationFailingSince,
            IsEnabled = State.Enablement.Recharge,
            DisabledSince = State.DisabledSince,
            CreatedAt = State.CreatedAt,
            Restored = State.Restored,
            Drift = await drift,
            CustomersNotRead = (await refresh).Failing,
            BadSignatures = State.BadSignatures,
            LastBadSignatureAt = State.LastBadSignatureAt,
            OverQuota = State.OverQuota,
            LastOverQuotaAt = State.LastOverQuotaAt,
            Quotas = Quotas,
            Now = _time.GetUtcNow(),
        };
        var isDone = State.DisconnectedAt is not null;
        var status = new ConnectionStatus
        {
            ConnectionId = _key.ConnectionId,
            State = StateOf(view),
            Settings = settings,
            CreatedAt = State.CreatedAt,
            Import = view.Import,
            NextDailySync = isDone ? null : DailyClock.Parse(_schedule.DailySyncUtc).Next(view.Now),
            WebhooksRegistered = State.RegisteredBase is not null && !isDone,
            WebhookTopics = State.RegisteredBase is not null && !isDone ? State.RegisteredTopics ?? [] : [],
            Received = State.Received,
            Duplicates = State.Duplicates,
            Events = view.Events with { Waiting = view.Events.Waiting + (await refresh).WaitingEvents },
            Contacts = await contacts,
            Problems = isDone ? [] : ProblemRules.Find(view),
            EffectiveEvents = EffectiveEvents(),
            SetAside = view.SetAside.Count,
            Drift = view.Drift,
            WebhooksSeenAt = State.WebhooksSeenAt,
        };
        Report(status);
        return status;
    }

    private ConnectionState StateOf(ProblemRules.View view)
    {
        if (State.DisconnectedAt is not null)
            return ConnectionState.Disconnected;
        if (State.IsPaused)
            return ConnectionState.Paused;
        if (ProblemRules.NeedsAttention(view))
            return ConnectionState.NeedsAttention;
        return view.Import.State == ImportState.Finished ? ConnectionState.Active : ConnectionState.Importing;
    }
}
