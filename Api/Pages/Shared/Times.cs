using System.Globalization;

namespace RechargeGrains.Api.Pages.Shared;

/// <summary>Times in words. Everything is UTC and says so. Pure.</summary>
internal static class Times
{
    public static string Utc(DateTimeOffset? instant) => instant is { } at
        ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : "never";

    /// <summary>Without the zone, for where a heading names it.</summary>
    public static string Short(DateTimeOffset? instant) => instant is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "";

    public static string Ago(DateTimeOffset? instant, TimeProvider time) =>
        instant is { } at ? time.GetUtcNow() - at is var span && span < TimeSpan.FromSeconds(2) ? "just now" : $"{Span(span)} ago" : "never";

    /// <summary>The two largest units at most: "3 h 12 min".</summary>
    public static string Span(TimeSpan span)
    {
        span = span.Duration();
        return span switch
        {
            { TotalMinutes: < 1 } => $"{(int)span.TotalSeconds} s",
            { TotalHours: < 1 } => $"{span.Minutes} min",
            { TotalDays: < 1 } => span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes} min",
            _ => span.Hours == 0 ? $"{(int)span.TotalDays} d" : $"{(int)span.TotalDays} d {span.Hours} h",
        };
    }

    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
