using RechargeGrains.Accounts;
using RechargeGrains.Connections;
using RechargeGrains.Contacts;
using RechargeGrains.Imports;
using RechargeGrains.Outbox;
using RechargeGrains.Reconciliation;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Connections;

/// <summary>Which problems a connection has, in words that say what to do. Pure.</summary>
internal static class ProblemRules
{
    /// <summary>All that there are.</summary>
    public static readonly IReadOnlyList<string> Codes =
    [
        "not_enabled", "ometria_key_refused", "recharge_key_refused", "bad_signatures", "webhooks_not_registered", "webhooks_restored",
        "reconciliation_held_up", "sync_held_up", "customers_not_read", "charges_not_read", "delivery_failing", "backlog_full",
        "quota_reached", "dead_letters", "rejected", "contacts_rejected", "events_paced", "ometria_errors", "set_aside", "no_client_secret",
    ];

    private static readonly TimeSpan RestoredShown = TimeSpan.FromHours(24);

    private static readonly TimeSpan BadSignaturesShown = TimeSpan.FromHours(24);

    private static readonly TimeSpan OverQuotaShown = TimeSpan.FromHours(1);

    public static IReadOnlyList<Problem> Find(View view)
    {
        var problems = new List<Problem>();
        void Add(string code, string message, DateTimeOffset? since, string remedy) =>
            problems.Add(new Problem { Code = code, Message = message, Since = since ?? view.Now, Remedy = remedy });

        if (!view.IsEnabled)
            Add("not_enabled", "Recharge is no longer enabled for you, so nothing is sent.", view.DisabledSince, "Ask your account manager to enable it again. What was waiting is kept; what happens meanwhile is not told later.");
        if (view.Ometria.RefusedSince is { } ometriaSince)
            Add("ometria_key_refused", "Ometria refuses the API key.", ometriaSince, "Make a new API key in Ometria under Settings > API keys and replace it here. Everything is kept until then.");
        if (view.Recharge.RefusedSince is { } rechargeSince)
            Add("recharge_key_refused", "Recharge refuses the API key.", rechargeSince, "Make a new API token in Recharge under Tools & apps > API tokens and replace it here. Nothing is lost until then: webhooks are taken on, and what changed meanwhile is read once the new key is here.");
        if (view.LastBadSignatureAt > view.Now - BadSignaturesShown)
            Add("bad_signatures", $"Webhooks that were refused because their signature did not match: {view.BadSignatures}. The last one came {view.LastBadSignatureAt:yyyy-MM-dd HH:mm} UTC.", view.LastBadSignatureAt, "Copy the API client secret from the API token's page in Recharge again and replace the account's key with both. If it is right, somebody else knows the address.");
        if (view.RegistrationFailure is { } registration)
            Add("webhooks_not_registered", $"Webhooks cannot be registered at Recharge: {registration}", view.RegistrationFailingSince, "It is tried again by itself. If Recharge answered 403, give the API token wider access.");
        if (view.Restored is { } restored && restored.At > view.Now - RestoredShown)
            Add("webhooks_restored", $"Webhooks of ours that were gone at Recharge and were registered again {restored.At:yyyy-MM-dd HH:mm} UTC: {restored.Count}. What changed since {restored.GoneSince:yyyy-MM-dd HH:mm} UTC is read back, and events that were missed are sent.", restored.GoneSince, "Nothing has to be done. If it happens again, look whether another program removes webhooks, and whether Recharge can reach this service: it removes them after 48 hours of failures.");
        if (view.Drift.Failure is { } comparing)
            Add("reconciliation_held_up", $"Customers cannot be compared with Recharge: {comparing}", view.Drift.FailingSince, "It is tried again by itself and goes on where it was.");
        if (view.Import.Failure is { } reading)
            Add("sync_held_up", $"Customers cannot be synced: {reading}", view.Import.FailingSince, "It is tried again by itself and goes on where it was.");
        if (view.CustomersNotRead > 0)
            Add("customers_not_read", $"Customers that could not be read at Recharge or have no e-mail address: {view.CustomersNotRead}. Their events wait.", null, "It is tried again by itself. Look the customers up in Recharge if it stays.");
        if (view.Charges.Failure is { } charges)
            Add("charges_not_read", $"Upcoming charges cannot be read: {charges}", view.Charges.FailingSince, "It is tried again by itself. If Recharge answered 403, give the API token read access to orders.");
        if (view is { Events: { FailingSince: { } eventsSince, LastFailure: { } delivery }, Ometria.RefusedSince: null })
            Add("delivery_failing", $"Events cannot be delivered: {delivery}", eventsSince, "It is tried again by itself. Events wait in order and none is lost.");
        if (view.Events.Room <= view.Events.Waiting / 20)
            Add("backlog_full", $"Events that wait: {view.Events.Waiting}, which is nearly all that may. When it is full, webhooks are turned away and Recharge keeps them for 48 hours.", view.Events.FailingSince, "Mend what keeps events from being sent: the other problems say what it is. Resume the connection if it is paused.");
        if (view.Events.TenantRoom <= view.Events.TenantWaiting / 20)
            Add("quota_reached", $"Events that wait in all your connections: {view.Events.TenantWaiting}, which is nearly all of the {view.Quotas.Backlog} that may. When it is full, webhooks are turned away and Recharge keeps them for 48 hours.", view.Events.FailingSince, "Mend what keeps events from being sent, in whichever connection they wait. If that is how busy you are, ask your account manager for a larger quota.");
        else if (view.LastOverQuotaAt > view.Now - OverQuotaShown)
            Add("quota_reached", $"Webhooks that were turned away because all your connections had more than {view.Quotas.WebhooksPerSecond} a second: {view.OverQuota}. The last one came {view.LastOverQuotaAt:yyyy-MM-dd HH:mm} UTC.", view.LastOverQuotaAt, "Recharge sends them again for 48 hours, so nothing is lost if it was a moment. If that is how busy you are, ask your account manager for a larger quota.");
        if (view.Events.DeadLettered > 0)
            Add("dead_letters", $"Events that Ometria refused one by one: {view.Events.DeadLettered}.", view.Events.DeadLetteredSince, "Look them up in the delivery log with status dead_lettered: it has Ometria's words. Once the cause is gone, send them again from there.");
        if (view.Events.Rejected > 0)
            Add("rejected", $"Events that Ometria rejected after it had taken their push: {view.Events.Rejected}.", view.CreatedAt, "Look them up in the delivery log: it has what Ometria said.");
        if (view.Contacts.Rejected > 0)
            Add("contacts_rejected", $"Contacts that Ometria rejected: {view.Contacts.Rejected}.", view.CreatedAt, "Check that the custom fields total_subscription and active_subscriptions exist in Ometria, with the category Contact and the type Number.");
        if (view.Events.PacedUntil is { } pacedUntil)
            Add("events_paced", $"Events that are told over time, because Ometria lets at most 1,000 of a type into a campaign at one go: {view.Events.Paced}. The last of them starts its campaign {pacedUntil:yyyy-MM-dd HH:mm} UTC.", null, "Nothing has to be done. The delivery log shows the slot of each event.");
        if (view.Events.UnmatchedErrors > 0)
            Add("ometria_errors", $"New errors at Ometria that name no record: {view.Events.UnmatchedErrors}. They may be this connection's or another integration's. The last one is at {view.Events.UnmatchedErrorPath ?? "an unknown place"}.", view.Events.UnmatchedErrorAt, "If a field of yours is at that place, check its type in Ometria, or ask Ometria's support which records were meant.");
        if (view.SetAside.Count > 0)
            Add("set_aside", $"Webhooks that could not be understood and are kept: {view.SetAside.Count}. The last one: {view.SetAside.LastReason ?? "replayed or removed."}", view.SetAside.FirstAt, "Tell support: they are kept whole, and nothing is lost. After an update that understands them they can be replayed.");
        if (view.Recharge is { HasClientSecret: false })
            Add("no_client_secret", "Without Recharge's API client secret, webhooks are protected by their secret address alone.", view.CreatedAt, "Copy the client secret from the API token's page in Recharge and add it to the account.");
        return problems;
    }

    /// <summary>Whether nothing moves until a person does something.</summary>
    public static bool NeedsAttention(View view) =>
        view.Ometria.RefusedSince is not null || view.Recharge.RefusedSince is not null || view.RegistrationRefused || !view.IsEnabled;

    /// <summary>What the rules look at.</summary>
    internal sealed record View
    {
        public required ImportStatus Import { get; init; }

        public required OutboxStatus Events { get; init; }

        public required UpcomingChargesStatus Charges { get; init; }

        public required SetAsideSummary SetAside { get; init; }

        public required ContactBookStatus Contacts { get; init; }

        public required ReconciliationStatus Drift { get; init; }

        public WebhooksRestored? Restored { get; init; }

        public required AccountStatus Recharge { get; init; }

        public required AccountStatus Ometria { get; init; }

        public string? RegistrationFailure { get; init; }

        /// <summary>Whether Recharge refuses to register webhooks, which no waiting mends.</summary>
        public bool RegistrationRefused { get; init; }

        public DateTimeOffset? RegistrationFailingSince { get; init; }

        public required bool IsEnabled { get; init; }

        public DateTimeOffset? DisabledSince { get; init; }

        public DateTimeOffset? CreatedAt { get; init; }

        public int CustomersNotRead { get; init; }

        public long BadSignatures { get; init; }

        public DateTimeOffset? LastBadSignatureAt { get; init; }

        public long OverQuota { get; init; }

        public DateTimeOffset? LastOverQuotaAt { get; init; }

        /// <summary>What holds for the tenant.</summary>
        public TenantQuotas Quotas { get; init; } = new();

        public required DateTimeOffset Now { get; init; }
    }
}
