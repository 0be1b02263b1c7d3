using RechargeGrains.Audit;

namespace RechargeGrains.Api.Audit;

internal sealed record AuditBody(DateTimeOffset At, string Who, string Action, string? Target, string? From, string? Detail)
{
    public static AuditBody Of(AuditEntry entry) => new(entry.At, entry.Who, entry.Action, entry.Target, entry.From, entry.Detail);
}

internal sealed record AuditList(IReadOnlyList<AuditBody> Entries, string? NextCursor);
