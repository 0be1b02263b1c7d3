namespace RechargeGrains.Month.Tests;

public sealed class MonthPlanTests
{
    [Theory]
    [InlineData(MonthOptions.FewestDays, "Europe/London")]
    [InlineData(30, "Europe/London")]
    [InlineData(MonthOptions.FewestDays, "America/New_York")]
    [InlineData(MonthOptions.FewestDays, "Pacific/Auckland")]
    public void Everything_that_goes_wrong_has_a_day_of_its_own_and_the_clocks_change_among_them(int days, string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var plan = new MonthPlan(days, zone);

        Assert.NotEqual(zone.GetUtcOffset(plan.Start), zone.GetUtcOffset(plan.Closes));
        DateTimeOffset[] troubles = [plan.ProductOutage.From, plan.RegistrationsRemovedAt, plan.OmetriaOutage.From];
        Assert.Equal(3, troubles.Select(at => at.Date).Distinct().Count());
        Assert.All(troubles, at => Assert.InRange(at, plan.Opens, plan.Closes));
        Assert.Equal(days + 1, plan.Mornings.Count());
    }

    [Fact]
    public void The_shop_rests_from_each_sync_until_it_is_checked()
    {
        var plan = new MonthPlan(30, new MonthOptions().Zone);
        var six = plan.Start.AddDays(1).AddHours(6);

        Assert.True(plan.IsOpen(six.AddSeconds(-1)));
        Assert.False(plan.IsOpen(six));
        Assert.True(plan.IsOpen(six.AddMinutes(30)));
        // What was missed in an outage is made up for first.
        Assert.False(plan.IsOpen(plan.ProductOutage.To.AddMinutes(29)));
        Assert.True(plan.IsOpen(plan.ProductOutage.To.AddMinutes(30)));
    }
}
