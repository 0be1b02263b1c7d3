using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Grains.Tests.Telemetry;

public sealed class ReportsTests
{
    private readonly Reports<string> _reports = new();

    [Fact]
    public void An_activation_counts_from_its_first_word_to_its_end()
    {
        var report = _reports.Open();
        Assert.Empty(_reports.Latest);

        report.Say("first");
        report.Say("second");
        Assert.Equal(["second"], _reports.Latest);

        report.Dispose();
        Assert.Empty(_reports.Latest);
    }

    [Fact]
    public void What_an_activation_says_after_its_end_counts_no_more()
    {
        var report = _reports.Open();
        report.Dispose();

        report.Say("late");

        Assert.Empty(_reports.Latest);
    }

    [Fact]
    public void Two_that_say_the_same_are_two()
    {
        var (one, other) = (_reports.Open(), _reports.Open());
        one.Say("same");
        other.Say("same");
        Assert.Equal(2, _reports.Latest.Count());

        one.Say(null);
        Assert.Single(_reports.Latest);
    }
}
