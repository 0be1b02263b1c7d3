using System.Globalization;
using RechargeGrains.Api.Pages.Deliveries;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Pages.Connections;

/// <summary>The events of the last 24 hours, hour by hour, split by what they are or by what became of them. Pure.</summary>
internal sealed record EventChart
{
    public const int Hours = 24;

    private const int MaxTicks = 5;

    /// <summary>The first hour.</summary>
    public required DateTimeOffset From { get; init; }

    public required IReadOnlyList<EventChartSeries> Series { get; init; }

    public int Total => Series.Sum(series => series.Total);

    /// <summary>Hours of the day in UTC.</summary>
    public string[] Labels => [.. Enumerable.Range(0, Hours).Select(hour => From.AddHours(hour).Hour.ToString("00", CultureInfo.InvariantCulture))];

    /// <summary>So far apart that there are few lines, and each at a whole number.</summary>
    public int TickStep
    {
        get
        {
            var highest = Enumerable.Range(0, Hours).Max(hour => Series.Sum(series => series.ByHour[hour]));
            for (var power = 1; ; power *= 10)
            {
                foreach (var step in new[] { power, 2 * power, 5 * power })
                {
                    if (highest <= step * MaxTicks)
                        return step;
                }
            }
        }
    }

    /// <summary>The days that the last 24 hours are in, the present hour among them.</summary>
    public static IReadOnlyList<DateOnly> DaysOf(DateTimeOffset now) => [.. new[] { FirstHour(now), now }.Select(DayOf).Distinct()];

    /// <param name="days">What was counted on each of those days.</param>
    /// <param name="now">The clock.</param>
    /// <param name="byOutcome">Split by what became of them, and not by what they are.</param>
    public static EventChart Of(IReadOnlyDictionary<DateOnly, IReadOnlyList<DeliveryCount>> days, DateTimeOffset now, bool byOutcome)
    {
        var first = FirstHour(now);
        var counts = days.SelectMany(day => day.Value, (day, count) => (Hour: HourOf(day.Key, count.Hour, first), Count: count))
            .Where(item => item.Hour is >= 0 and < Hours)
            .ToList();
        var series = counts
            .GroupBy(item => byOutcome ? (Order: (int)item.Count.Status, Name: DeliveryWords.Of(item.Count.Status)) : (Order: 0, Name: item.Count.Type))
            .OrderBy(group => group.Key.Order).ThenBy(group => group.Key.Name, StringComparer.Ordinal)
            .Select(group => new EventChartSeries(
                group.Key.Name,
                [.. Enumerable.Range(0, Hours).Select(hour => group.Where(item => item.Hour == hour).Sum(item => item.Count.Count))],
                byOutcome ? ColorOf((DeliveryStatus)group.Key.Order) : null));
        return new EventChart { From = first, Series = [.. series] };
    }

    private static string ColorOf(DeliveryStatus status) => status switch
    {
        DeliveryStatus.Sent => "var(--mud-palette-success)",
        DeliveryStatus.Rejected => "var(--mud-palette-error)",
        DeliveryStatus.DeadLettered => "var(--mud-palette-warning)",
        _ => "var(--mud-palette-text-secondary)",
    };

    private static DateTimeOffset FirstHour(DateTimeOffset now) =>
        new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero).AddHours(1 - Hours);

    private static int HourOf(DateOnly day, int hour, DateTimeOffset first) => (int)(day.ToDateTime(new TimeOnly(hour, 0)) - first.UtcDateTime).TotalHours;

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}

/// <param name="Name">What is counted.</param>
/// <param name="ByHour">One number for each hour.</param>
/// <param name="Color">Null where it means nothing.</param>
internal sealed record EventChartSeries(string Name, IReadOnlyList<int> ByHour, string? Color)
{
    public int Total => ByHour.Sum();
}
