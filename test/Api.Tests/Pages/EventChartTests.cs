using RechargeGrains.Api.Pages.Connections;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Tests.Pages;

public sealed class EventChartTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 14, 40, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 3, 9);
    private static readonly DateOnly Yesterday = new(2026, 3, 8);

    [Fact]
    public void It_has_the_last_24_hours_of_two_days_up_to_the_present_one()
    {
        var chart = Of(
            (Yesterday, new DeliveryCount(14, "created", DeliveryStatus.Sent, 7)),
            (Yesterday, new DeliveryCount(15, "created", DeliveryStatus.Sent, 3)),
            (Today, new DeliveryCount(14, "created", DeliveryStatus.Sent, 2)));

        Assert.Equal(("15", "14", 24), (chart.Labels[0], chart.Labels[^1], chart.Labels.Length));
        var series = Assert.Single(chart.Series);
        Assert.Equal((3, 2, 5), (series.ByHour[0], series.ByHour[^1], chart.Total));
    }

    [Fact]
    public void The_last_hour_of_a_day_needs_that_day_alone()
    {
        Assert.Equal([Yesterday, Today], EventChart.DaysOf(Now));
        Assert.Equal([Today], EventChart.DaysOf(new DateTimeOffset(2026, 3, 9, 23, 59, 0, TimeSpan.Zero)));
        Assert.Equal([Today], EventChart.DaysOf(new DateTimeOffset(2026, 3, 10, 2, 0, 0, TimeSpan.FromHours(3))));
    }

    [Fact]
    public void It_is_split_by_type_or_by_outcome_and_both_have_all_of_it()
    {
        (DateOnly, DeliveryCount)[] counts =
        [
            (Today, new DeliveryCount(9, "created", DeliveryStatus.Rejected, 1)),
            (Today, new DeliveryCount(9, "cancelled", DeliveryStatus.Sent, 2)),
            (Today, new DeliveryCount(9, "created", DeliveryStatus.Sent, 4)),
        ];

        Assert.Equal([("cancelled", 2), ("created", 5)], Of(counts).Series.Select(series => (series.Name, series.Total)));
        Assert.Equal([("Sent", 6), ("Rejected", 1)], EventChart.Of(Days(counts), Now, byOutcome: true).Series.Select(series => (series.Name, series.Total)));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(49, 10)]
    [InlineData(120_000, 50_000)]
    public void There_are_few_lines_each_at_a_whole_number(int highest, int step) =>
        Assert.Equal(step, Of((Today, new DeliveryCount(9, "created", DeliveryStatus.Sent, highest))).TickStep);

    [Fact]
    public void Nothing_is_an_empty_chart() => Assert.Equal((0, 1), (Of().Total, Of().TickStep));

    private static EventChart Of(params (DateOnly, DeliveryCount)[] counts) => EventChart.Of(Days(counts), Now, byOutcome: false);

    private static Dictionary<DateOnly, IReadOnlyList<DeliveryCount>> Days((DateOnly Day, DeliveryCount Count)[] counts) =>
        counts.GroupBy(item => item.Day).ToDictionary(day => day.Key, day => (IReadOnlyList<DeliveryCount>)[.. day.Select(item => item.Count)]);
}
