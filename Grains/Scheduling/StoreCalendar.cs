namespace RechargeGrains.Grains.Scheduling;

/// <summary>What day it is in a store, whose dates are bare calendar dates.</summary>
internal static class StoreCalendar
{
    /// <summary>Recharge itself works by US Eastern time, so that is the best guess for a store that names no zone.</summary>
    private const string RechargeZone = "America/New_York";

    public static DateOnly Today(DateTimeOffset now, string? zone)
    {
        if ((zone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            && !TimeZoneInfo.TryFindSystemTimeZoneById(RechargeZone, out found))
        {
            // A machine without a time zone database is half a day off at the worst, which beats announcing nothing.
            found = TimeZoneInfo.Utc;
        }

        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, found).DateTime);
    }
}
