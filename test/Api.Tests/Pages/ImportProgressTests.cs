using RechargeGrains.Api.Pages.Connections;

namespace RechargeGrains.Api.Tests.Pages;

public sealed class ImportProgressTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void With_a_total_it_says_how_much_is_left_and_how_long_that_takes()
    {
        var progress = ImportProgress.Of(At(0, 0), At(10, 500), total: 2_000);

        Assert.Equal((25, 50, TimeSpan.FromSeconds(30)), (progress.Percent, progress.PerSecond, progress.Left));
        Assert.Equal("500 of about 2,000 customers read, 50 a second, about 30 s left", progress.InWords());
    }

    [Theory]
    [InlineData(null)]
    // Fewer than were read: it is no total.
    [InlineData(499L)]
    public void Without_a_total_none_is_made_up(long? total)
    {
        var progress = ImportProgress.Of(At(0, 0), At(10, 500), total);

        Assert.Equal((null, 50d, null), (progress.Percent, progress.PerSecond, progress.Left));
        Assert.Equal("500 customers read so far, 50 a second", progress.InWords());
    }

    [Fact]
    public void A_pace_takes_two_looks_and_a_standstill_is_called_so()
    {
        Assert.Equal("500 customers read so far", ImportProgress.Of(At(10, 500), At(10, 500), null).InWords());
        Assert.Equal("500 of about 900 customers read, none just now", ImportProgress.Of(At(10, 500), At(40, 500), 900).InWords());
        Assert.Equal("505 customers read so far, 10 a minute", ImportProgress.Of(At(10, 500), At(40, 505), null).InWords());
        Assert.Equal(100, ImportProgress.Of(At(0, 0), At(10, 500), 500).Percent);
    }

    [Fact]
    public void The_pace_is_that_of_the_last_half_minute_and_of_the_import_that_is_under_way()
    {
        var pace = new ImportPace();
        Assert.Equal(At(0, 0), pace.Note(At(600, 100), Start));
        Assert.Equal(At(0, 0), pace.Note(At(620, 200), Start));
        Assert.Equal(At(600, 100), pace.Note(At(630, 300), Start));
        Assert.Equal(At(620, 200), pace.Note(At(655, 400), Start));

        Assert.Equal(At(700, 0), pace.Note(At(702, 10), Start.AddSeconds(700)));
    }

    private static ImportSample At(int seconds, long read) => new(Start.AddSeconds(seconds), read);
}
