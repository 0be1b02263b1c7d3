using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Deliveries;

/// <summary>Which deliveries are to be sent again; at least one of the fields but <see cref="DryRun"/> is needed.</summary>
internal sealed class ReplayRequest
{
    public string? Status { get; set; }

    public string? Type { get; set; }

    public string? Email { get; set; }

    /// <summary>Bounds on when the event was received; the first is included, the second is not.</summary>
    public string? From { get; set; }

    public string? To { get; set; }

    /// <summary>Only says how many would be sent.</summary>
    public bool? DryRun { get; set; }
}

internal sealed record ReplayCountBody(long Matched, bool DryRun);

internal sealed record ReplayBody(string State, long Matched, long Replayed, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt)
{
    public static ReplayBody Of(ReplayStatus status) =>
        new(status.FinishedAt is null ? "running" : "finished", status.Matched, status.Replayed, status.StartedAt, status.FinishedAt);
}
