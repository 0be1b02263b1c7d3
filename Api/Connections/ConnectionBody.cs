using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Imports;

namespace RechargeGrains.Api.Connections;

/// <summary>A connection as a person sees it.</summary>
internal sealed record ConnectionBody(
    string ConnectionId,
    string State,
    string OmetriaAccountId,
    string RechargeAccountId,
    DateTimeOffset CustomersStartDate,
    IReadOnlyList<string> CustomEvents,
    int UpcomingChargeDays,
    string LateEvents,
    IReadOnlyDictionary<string, string> EventTypes,
    DateTimeOffset CreatedAt,
    ImportBody Import,
    DailySyncBody? LastDailySync,
    DateTimeOffset? NextDailySync,
    WebhooksBody Webhooks,
    CountersBody Counters,
    DriftBody Drift,
    IReadOnlyList<ProblemBody> Problems)
{
    public static ConnectionBody Of(ConnectionStatus status) => new(
        status.ConnectionId,
        StateName(status.State),
        status.Settings.OmetriaAccount.AccountId,
        status.Settings.RechargeAccount.AccountId,
        status.Settings.CustomersStartDate,
        [.. status.EffectiveEvents.Select(EventKinds.NameOf)],
        status.Settings.UpcomingChargeDays,
        status.Settings.LateEvents.ToString().ToLowerInvariant(),
        status.Settings.EventTypes.ToDictionary(pair => EventKinds.NameOf(pair.Key), pair => pair.Value),
        status.CreatedAt,
        ImportBody.Of(status.Import),
        status.Import.LastDailyRun is { } run ? DailySyncBody.Of(run) : null,
        status.NextDailySync,
        new WebhooksBody(status.WebhooksRegistered ? "registered" : "not_registered", status.WebhookTopics, status.WebhooksSeenAt),
        CountersBody.Of(status),
        new DriftBody(status.Drift.Found, status.Drift.Repaired, status.Drift.CheckedAt, status.Drift.ComparedAllAt),
        [.. status.Problems.Select(problem => new ProblemBody(problem.Code, problem.Message, problem.Since, problem.Remedy))]);

    private static string StateName(ConnectionState state) => state switch
    {
        ConnectionState.Importing => "importing",
        ConnectionState.Active => "active",
        ConnectionState.Paused => "paused",
        ConnectionState.NeedsAttention => "needs_attention",
        _ => "disconnected",
    };
}

/// <param name="Kind"><c>first</c>, or <c>reimport</c> once one was asked for.</param>
/// <param name="State"><c>not_started</c>, <c>running</c>, <c>waiting</c> (held up) or <c>finished</c>.</param>
/// <param name="CustomersRead">Customers read so far.</param>
/// <param name="ContactsSent">Contacts sent so far.</param>
/// <param name="StartedAt">When it started, or was asked for.</param>
/// <param name="FinishedAt">When it was done.</param>
internal sealed record ImportBody(string Kind, string State, long CustomersRead, long ContactsSent, DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt)
{
    public static ImportBody Of(ImportStatus import) => import.Reimport is { } reimport ? Of(reimport, import.Failure is not null) : First(import);

    private static ImportBody Of(ReimportStatus reimport, bool heldUp) => new(
        "reimport",
        reimport.FinishedAt is not null ? "finished" : heldUp ? "waiting" : "running",
        reimport.CustomersRead,
        reimport.ContactsSent,
        reimport.StartedAt,
        reimport.FinishedAt);

    private static ImportBody First(ImportStatus import) => new(
        "first",
        import.State switch
        {
            ImportState.NotStarted => "not_started",
            ImportState.Running => "running",
            ImportState.Waiting => "waiting",
            _ => "finished",
        },
        import.CustomersRead,
        import.ContactsSent,
        import.StartedAt,
        import.FinishedAt);
}

internal sealed record DailySyncBody(DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long CustomersRead, long ContactsSent, long Rejected)
{
    public static DailySyncBody Of(DailyRunStatus run) => new(run.StartedAt, run.FinishedAt, run.CustomersRead, run.ContactsSent, run.Rejected);
}

/// <param name="State"><c>registered</c> or <c>not_registered</c>.</param>
/// <param name="Topics">The topics that are registered.</param>
/// <param name="SeenAt">When all of them were last found registered at Recharge.</param>
internal sealed record WebhooksBody(string State, IReadOnlyList<string> Topics, DateTimeOffset? SeenAt);

/// <param name="Found">Customers whose record differed from Recharge, or of whom an event was missed, since the last full comparison began.</param>
/// <param name="Repaired">How many of them were put right.</param>
/// <param name="CheckedAt">When the last comparison was finished.</param>
/// <param name="ComparedAllAt">When the last full comparison was finished.</param>
internal sealed record DriftBody(long Found, long Repaired, DateTimeOffset? CheckedAt, DateTimeOffset? ComparedAllAt);

internal sealed record CountersBody(long Received, long Duplicates, long SetAside, EventCountersBody Events, ContactCountersBody Contacts)
{
    public static CountersBody Of(ConnectionStatus status) => new(
        status.Received,
        status.Duplicates,
        status.SetAside,
        new EventCountersBody(status.Events.Sent, status.Events.Waiting, status.Events.Rejected, status.Events.DeadLettered, status.Events.Suppressed, status.Events.Repeated),
        new ContactCountersBody(status.Contacts.Sent, status.Contacts.Changed, status.Contacts.Rejected));
}

/// <param name="Sent">Events that Ometria took.</param>
/// <param name="Waiting">Events that are still to be sent.</param>
/// <param name="Rejected">Events that Ometria rejected, at once or later.</param>
/// <param name="DeadLettered">Events that Ometria refused one by one.</param>
/// <param name="Suppressed">Events that were not sent, because they are no longer enabled or were too late.</param>
/// <param name="Repeated">Events sent again after a push of which nobody knows whether it was accepted; at most so many were accepted twice.</param>
internal sealed record EventCountersBody(long Sent, long Waiting, long Rejected, long DeadLettered, long Suppressed, long Repeated);

/// <param name="Sent">Contacts sent, each time counted.</param>
/// <param name="Waiting">Contacts that changed since the last push.</param>
/// <param name="Rejected">Contacts that Ometria rejected.</param>
internal sealed record ContactCountersBody(long Sent, long Waiting, long Rejected);

internal sealed record ProblemBody(string Code, string Message, DateTimeOffset Since, string Remedy);

internal sealed record ConnectionList(IReadOnlyList<ConnectionBody> Connections);
