using System.Globalization;

namespace RechargeGrains.Grains.Scheduling;

/// <summary>The hour of the daily sync, in UTC, and what it means for a given instant.</summary>
public sealed record DailyClock(TimeOnly RunsAt)
{
    /// <summary>A reminder may tick a moment early; it must not have to come back ten minutes later for that.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromSeconds(5);

    public static DailyClock? TryParse(string? text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? new DailyClock(at) : null;

    public static DailyClock Parse(string text) =>
        TryParse(text) ?? throw new FormatException($"Schedule:DailySyncUtc is '{text}'; it has to be HH:MM.");

    /// <summary>The hour of the nightly comparison: early enough that the daily sync finds everything repaired.</summary>
    public DailyClock Night => new(RunsAt.AddHours(-3));

    /// <summary>The newest day whose run is due.</summary>
    public DateOnly LatestDueDay(DateTimeOffset now)
    {
        var utc = (now + Early).UtcDateTime;
        var day = DateOnly.FromDateTime(utc);
        return TimeOnly.FromDateTime(utc) >= RunsAt ? day : day.AddDays(-1);
    }

    /// <summary>The next run after <paramref name="now"/>.</summary>
    public DateTimeOffset Next(DateTimeOffset now)
    {
        var today = new DateTimeOffset(DateOnly.FromDateTime(now.UtcDateTime).ToDateTime(RunsAt), TimeSpan.Zero);
        return today > now ? today : today.AddDays(1);
    }
}
