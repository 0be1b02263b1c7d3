using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Reconciliation;

/// <summary>Which comparison comes next and what it reads. Pure.</summary>
internal static class ReconciliationRules
{
    /// <summary>
    /// Reads race with writes at Recharge, and a webhook may be tried again, so what is younger is left to the next comparison (a vendor's
    /// advice on incremental reads).
    /// </summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(30);

    /// <summary>The next comparison, or null if none is due. A gap comes first, because its events wait for nothing else.</summary>
    public static ReconciliationJob? Next(ReconciliationRecord record, ImportSettings settings, TimeSpan every, DateTimeOffset now)
    {
        var context = settings.Context;
        if (record.GapFrom is { } from && record.GapUntil is { } until)
            return new ReconciliationJob { StartedAt = now, CustomersAfter = from - Settling, SubscriptionsAfter = from - Settling, ToldUntil = until };
        if (record.LastNight is not null && (record.IsFullRequested || record.DueNight is not null))
        {
            return new ReconciliationJob
            {
                StartedAt = now,
                IsFull = true,
                Night = record.DueNight,
                ToldUntil = record.IsFullRequested ? now : null,
                // As far back as the import: a customer from before the start date is none of the connection's.
                CustomersAfter = context.CustomersStartDate,
                SubscriptionsAfter = context.EventsSince - Settling,
            };
        }

        return DueIn(record, every, now) is not { } wait || wait > TimeSpan.Zero ? null : new ReconciliationJob
        {
            StartedAt = now,
            CustomersAfter = ComparedThrough(record, settings),
            SubscriptionsAfter = ComparedThrough(record, settings),
        };
    }

    /// <summary>How long until changes are looked for again; null before the first import is done.</summary>
    public static TimeSpan? DueIn(ReconciliationRecord record, TimeSpan every, DateTimeOffset now)
    {
        if (record.LastNight is null)
            return null;
        return record.LastStartedAt is { } last && last <= now ? last + every - now : TimeSpan.Zero;
    }

    /// <summary>What happened before it is told, unless a webhook told it. It moves while a long comparison reads.</summary>
    public static DateTimeOffset SettledBefore(ReconciliationJob job, DateTimeOffset readAt) =>
        job.ToldUntil > readAt - Settling ? job.ToldUntil.Value : readAt - Settling;

    private static DateTimeOffset ComparedThrough(ReconciliationRecord record, ImportSettings settings) =>
        record.ComparedThrough ?? settings.Context.EventsSince - Settling;
}
