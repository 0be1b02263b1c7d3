using RechargeGrains.Connections;

namespace RechargeGrains.Api.Pages.Staff;

/// <summary>Which connections ask for somebody first. Pure.</summary>
internal static class HealthRules
{
    /// <summary>Problems that keep something from being done.</summary>
    private static readonly HashSet<string> HoldUp = new(StringComparer.Ordinal)
    {
        "webhooks_not_registered", "reconciliation_held_up", "sync_held_up", "customers_not_read", "charges_not_read", "delivery_failing", "backlog_full",
    };

    public static HealthLevel LevelOf(ConnectionHealth health) => health switch
    {
        { Answers: false } or { Status: null } => HealthLevel.Stopped,
        { Status.State: ConnectionState.Disconnected } => HealthLevel.Disconnected,
        { Status.State: ConnectionState.NeedsAttention } => HealthLevel.Stopped,
        { Status.Problems: var problems } when problems.Any(problem => HoldUp.Contains(problem.Code)) => HealthLevel.HeldUp,
        { Status.Problems.Count: > 0 } => HealthLevel.Noted,
        { Status.State: ConnectionState.Paused } => HealthLevel.Paused,
        _ => HealthLevel.Fine,
    };

    /// <summary>Whether something is wrong with it that its page has a remedy for, or it does not answer.</summary>
    public static bool HasProblem(ConnectionHealth health) => LevelOf(health) is HealthLevel.Stopped or HealthLevel.HeldUp or HealthLevel.Noted;

    /// <summary>Since when something has been on its way, or has failed; null if nothing waits.</summary>
    public static DateTimeOffset? LaggingSince(ConnectionStatus status)
    {
        DateTimeOffset?[] since = [status.Events.OldestWaitingAt, status.Events.FailingSince, status.Import.FailingSince, status.Drift.FailingSince];
        return status.State == ConnectionState.Disconnected ? null : since.Min();
    }

    /// <summary>Customers that differ from Recharge and are not put right yet.</summary>
    public static long DriftLeft(ConnectionStatus status) => Math.Max(0, status.Drift.Found - status.Drift.Repaired);

    /// <summary>When something last showed that webhooks come and nothing is missed; null if nothing ever did.</summary>
    public static DateTimeOffset? LastProof(ConnectionStatus status)
    {
        DateTimeOffset?[] proofs = [status.WebhooksSeenAt, status.Drift.CheckedAt];
        return proofs.Max();
    }

    /// <summary>The most wanting first: by level, then what has waited longest, then the most that waits, then by name.</summary>
    public static IReadOnlyList<ConnectionHealth> Rank(IEnumerable<ConnectionHealth> all) =>
    [
        .. all.OrderBy(LevelOf)
            .ThenBy(health => health.Status is { } status ? LaggingSince(status) ?? DateTimeOffset.MaxValue : DateTimeOffset.MinValue)
            .ThenByDescending(health => health.Status?.Events.Waiting ?? 0)
            .ThenByDescending(health => health.Status is { } status ? DriftLeft(status) : 0)
            .ThenBy(health => health.Tenant, StringComparer.OrdinalIgnoreCase)
            .ThenBy(health => health.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(health => health.Key.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>Whether it is what somebody looks for: every word is in the tenant, the store, an id or a problem.</summary>
    public static bool Matches(ConnectionHealth health, string? text)
    {
        string[] places = [health.Tenant, health.Key.TenantId, health.Name, health.Key.ConnectionId, .. (health.Status?.Problems ?? []).Select(problem => problem.Message)];
        return (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .All(word => Array.Exists(places, place => place.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }
}
