using System.Globalization;
using RechargeGrains.Grains.Scheduling;

namespace RechargeGrains.Grains.Tests.Scheduling;

public sealed class StoreCalendarTests
{
    [Theory]
    // The clock goes forward on 8 March and back on 1 November: midnight is at 05:00, then at 04:00 UTC.
    [InlineData("America/New_York", "2026-03-08T04:59:59Z", "2026-03-07")]
    [InlineData("America/New_York", "2026-03-08T05:00:00Z", "2026-03-08")]
    [InlineData("America/New_York", "2026-03-09T03:59:59Z", "2026-03-08")]
    [InlineData("America/New_York", "2026-03-09T04:00:00Z", "2026-03-09")]
    [InlineData("America/New_York", "2026-11-02T04:59:59Z", "2026-11-01")]
    [InlineData("America/New_York", "2026-11-02T05:00:00Z", "2026-11-02")]
    [InlineData("Europe/London", "2026-03-29T22:59:59Z", "2026-03-29")]
    [InlineData("Europe/London", "2026-03-29T23:00:00Z", "2026-03-30")]
    // Summer time, 13 hours ahead, ends on 5 April and begins on 27 September.
    [InlineData("Pacific/Auckland", "2026-04-04T10:59:59Z", "2026-04-04")]
    [InlineData("Pacific/Auckland", "2026-04-04T11:00:00Z", "2026-04-05")]
    [InlineData("Pacific/Auckland", "2026-04-05T11:59:59Z", "2026-04-05")]
    [InlineData("Pacific/Auckland", "2026-04-05T12:00:00Z", "2026-04-06")]
    [InlineData("Pacific/Auckland", "2026-09-27T10:59:59Z", "2026-09-27")]
    [InlineData("Pacific/Auckland", "2026-09-27T11:00:00Z", "2026-09-28")]
    [InlineData("Pacific/Tongatapu", "2026-03-09T10:59:59Z", "2026-03-09")]
    [InlineData("Pacific/Tongatapu", "2026-03-09T11:00:00Z", "2026-03-10")]
    public void Today_is_the_day_in_the_store(string zone, string now, string day) => Assert.Equal(day, Today(now, zone));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Mars/Olympus")]
    public void A_store_that_names_no_zone_goes_by_us_eastern_time(string? zone)
    {
        Assert.Equal("2026-03-08", Today("2026-03-09T03:59:59Z", zone));
        Assert.Equal("2026-03-09", Today("2026-03-09T04:00:00Z", zone));
    }

    private static string Today(string now, string? zone) =>
        StoreCalendar.Today(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture), zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
