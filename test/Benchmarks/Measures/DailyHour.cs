namespace RechargeGrains.Benchmarks.Measures;

/// <summary>The hour of the daily run, as it is set.</summary>
internal static class DailyHour
{
    public const string Setting = "Schedule__DailySyncUtc";

    /// <summary>
    /// The hour until everything is in place. It has to come yet, so that the first import does not count as the day's run; and the night of the full comparison
    /// three hours before has to be over, so that it does not fall into what is measured.
    /// </summary>
    public static string InTwoHours => Of(DateTimeOffset.UtcNow.AddHours(2));

    public static string Of(DateTimeOffset hour) => hour.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The latest full minute that is not further away: the setting knows minutes.</summary>
    public static DateTimeOffset Soon(TimeSpan atMost)
    {
        var latest = DateTimeOffset.UtcNow + atMost;
        return latest.AddTicks(-(latest.Ticks % TimeSpan.TicksPerMinute));
    }
}
