using System.Globalization;
using RechargeGrains.Grains.Scheduling;

namespace RechargeGrains.Grains.Tests.Scheduling;

public sealed class DailyClockTests
{
    private static readonly DailyClock Six = DailyClock.Parse("06:00");

    [Theory]
    [InlineData("2026-03-09T05:59:54Z", "2026-03-08")]
    [InlineData("2026-03-09T05:59:55Z", "2026-03-09")]
    [InlineData("2026-03-09T06:00:00Z", "2026-03-09")]
    [InlineData("2026-03-09T23:59:59Z", "2026-03-09")]
    [InlineData("2026-03-10T00:30:00+02:00", "2026-03-09")]
    [InlineData("2026-03-10T07:30:00+02:00", "2026-03-09")]
    public void A_day_is_due_from_its_hour_on(string now, string day) =>
        Assert.Equal(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), Six.LatestDueDay(At(now)));

    [Fact]
    public void At_midnight_a_tick_that_is_early_counts_for_the_new_day() =>
        Assert.Equal(new DateOnly(2026, 3, 10), DailyClock.Parse("00:00").LatestDueDay(At("2026-03-09T23:59:57Z")));

    [Theory]
    [InlineData("2026-03-09T05:59:59Z", "2026-03-09T06:00:00Z")]
    [InlineData("2026-03-09T06:00:00Z", "2026-03-10T06:00:00Z")]
    [InlineData("2026-12-31T12:00:00Z", "2027-01-01T06:00:00Z")]
    [InlineData("2026-03-10T01:00:00+02:00", "2026-03-10T06:00:00Z")]
    public void The_next_run_is_always_ahead(string now, string next) => Assert.Equal(At(next), Six.Next(At(now)));

    [Theory]
    [InlineData("6:00")]
    [InlineData("24:00")]
    [InlineData("06:60")]
    [InlineData("06:00:00")]
    [InlineData("")]
    [InlineData(null)]
    public void Only_hours_and_minutes_are_a_time_of_day(string? text) => Assert.Null(DailyClock.TryParse(text));

    [Fact]
    public void A_wrong_setting_names_its_key() =>
        Assert.StartsWith("Schedule:DailySyncUtc is 'noon'", Assert.Throws<FormatException>(() => DailyClock.Parse("noon")).Message, StringComparison.Ordinal);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
