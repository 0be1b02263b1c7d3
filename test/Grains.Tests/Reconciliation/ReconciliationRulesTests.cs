using RechargeGrains.Grains.Reconciliation;
using RechargeGrains.Imports;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Tests.Reconciliation;

public sealed class ReconciliationRulesTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddDays(10);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static readonly ImportSettings Settings = new()
    {
        RechargeAccount = new AccountKey("acme", "r"),
        OmetriaAccount = new AccountKey("acme", "o"),
        Context = Given.Context,
        Held = false,
    };

    [Fact]
    public void The_first_look_goes_back_to_the_beginning_of_the_connection()
    {
        var job = ReconciliationRules.Next(Imported(new()), Settings, Every, Now)!;

        Assert.Equal(Given.Context.EventsSince.AddMinutes(-30), job.CustomersAfter);
        Assert.Equal(job.CustomersAfter, job.SubscriptionsAfter);
        Assert.False(job.IsFull);
        Assert.Equal(Now.AddMinutes(-30), ReconciliationRules.SettledBefore(job, Now));
    }

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    [InlineData(-5, true)]
    public void Changes_are_looked_for_again_after_the_time_or_when_the_clock_was_set_back(int minutesAgo, bool isDue)
    {
        var record = Imported(new() { LastStartedAt = Now.AddMinutes(-minutesAgo), ComparedThrough = Now.AddHours(-2) });
        var job = ReconciliationRules.Next(record, Settings, Every, Now);

        Assert.Equal(isDue, job is not null);
        if (job is not null)
            Assert.Equal(Now.AddHours(-2), job.CustomersAfter);
    }

    [Fact]
    public void The_nightly_comparison_reads_as_far_back_as_the_import()
    {
        var night = DateOnly.FromDateTime(Now.UtcDateTime);
        var job = ReconciliationRules.Next(Imported(new() { LastStartedAt = Now, DueNight = night }), Settings, Every, Now)!;

        Assert.True(job.IsFull);
        Assert.Equal(night, job.Night);
        Assert.Equal(Given.Context.CustomersStartDate, job.CustomersAfter);
        Assert.Equal(Now.AddMinutes(-30), ReconciliationRules.SettledBefore(job, Now));
    }

    [Fact]
    public void One_that_was_asked_for_tells_everything_up_to_its_start_and_leaves_the_rest_to_webhooks()
    {
        var job = ReconciliationRules.Next(Imported(new() { LastStartedAt = Now, IsFullRequested = true }), Settings, Every, Now)!;

        Assert.True(job.IsFull);
        Assert.Equal(Now, ReconciliationRules.SettledBefore(job, Now.AddMinutes(10)));
        Assert.Equal(Now.AddMinutes(10), ReconciliationRules.SettledBefore(job, Now.AddMinutes(40)));
    }

    [Fact]
    public void A_gap_comes_first_and_is_told_to_its_end()
    {
        var record = Imported(new() { LastStartedAt = Now, IsFullRequested = true, GapFrom = Now.AddHours(-3), GapUntil = Now });
        var job = ReconciliationRules.Next(record, Settings, Every, Now.AddSeconds(5))!;

        Assert.False(job.IsFull);
        Assert.Equal(Now.AddHours(-3.5), job.CustomersAfter);
        Assert.Equal(Now, ReconciliationRules.SettledBefore(job, Now.AddSeconds(5)));
    }

    [Fact]
    public void Before_the_first_import_is_done_changes_are_not_looked_for() =>
        Assert.Null(ReconciliationRules.Next(new ReconciliationRecord(), Settings, Every, Now));

    private static ReconciliationRecord Imported(ReconciliationRecord record)
    {
        record.LastNight = DateOnly.FromDateTime(Given.Start.UtcDateTime);
        return record;
    }
}
