using RechargeGrains.Connections;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Grains.Outbox;

/// <summary>
/// What to do with an event that is sent late. Ometria lets an event whose timestamp is more than 4 hours past enter no automation
/// (support article on timestamps for custom events). Pure.
/// </summary>
internal static class LateRules
{
    /// <summary>Less than Ometria's 4 hours: its check of what enters comes every few minutes.</summary>
    public static readonly TimeSpan InTime = TimeSpan.FromMinutes(235);

    /// <summary>
    /// An event older than two days is told as what it is: to start a campaign with it would surprise its receiver. A little more, so that
    /// what happened at the beginning of a two-day outage is still told when the next try succeeds.
    /// </summary>
    private static readonly TimeSpan WorthRestamping = TimeSpan.FromHours(48) + TimeSpan.FromMinutes(15);

    public static LateHandling Decide(DateTimeOffset occurredAt, DateTimeOffset now, LateEventsPolicy policy)
    {
        var age = now - occurredAt;
        if (age <= InTime)
            return LateHandling.None;
        return policy switch
        {
            LateEventsPolicy.Skip => LateHandling.Skipped,
            LateEventsPolicy.Restamp when age <= WorthRestamping => LateHandling.Restamped,
            _ => LateHandling.SentLate,
        };
    }
}
