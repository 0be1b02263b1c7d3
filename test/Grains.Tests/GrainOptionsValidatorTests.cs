using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Outbox;
using RechargeGrains.Grains.Recharge;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Tenants;

namespace RechargeGrains.Grains.Tests;

public sealed class GrainOptionsValidatorTests
{
    private readonly GrainOptionsValidator _validator = new();

    [Fact]
    public void The_defaults_are_valid_and_what_is_promised()
    {
        Assert.True(_validator.Validate(null, new RechargeOptions()).Succeeded);
        Assert.True(_validator.Validate(null, new OmetriaOptions()).Succeeded);
        Assert.True(_validator.Validate(null, new ScheduleOptions()).Succeeded);
        Assert.True(_validator.Validate(null, new OutboxOptions()).Succeeded);
        Assert.Equal(("https://api.rechargeapps.com", 2), (new RechargeOptions().BaseUrl, new RechargeOptions().CallsPerSecond));
        Assert.Equal(("https://api.ometria.com/v2", 4), (new OmetriaOptions().BaseUrl, new OmetriaOptions().PushesPerSecond));
        Assert.Equal(("06:00", 7, TimeSpan.FromHours(1)), (new ScheduleOptions().DailySyncUtc, new ScheduleOptions().UpcomingChargeDays, new ScheduleOptions().UpcomingChargeEvery));
    }

    [Theory]
    [InlineData("")]
    [InlineData("api.rechargeapps.com")]
    [InlineData("ftp://api.rechargeapps.com")]
    [InlineData("https://api.rechargeapps.com/?a=b")]
    public void An_address_has_to_be_one(string url)
    {
        Assert.StartsWith("Recharge:BaseUrl ", _validator.Validate(null, new RechargeOptions { BaseUrl = url }).FailureMessage, StringComparison.Ordinal);
        Assert.StartsWith("Ometria:BaseUrl ", _validator.Validate(null, new OmetriaOptions { BaseUrl = url }).FailureMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1_001)]
    [InlineData(double.NaN)]
    public void A_rate_has_to_be_one(double rate)
    {
        Assert.StartsWith("Recharge:CallsPerSecond ", _validator.Validate(null, new RechargeOptions { CallsPerSecond = rate }).FailureMessage, StringComparison.Ordinal);
        Assert.StartsWith("Ometria:PushesPerSecond ", _validator.Validate(null, new OmetriaOptions { PushesPerSecond = rate }).FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_wrong_setting_is_named_in_a_message_of_its_own()
    {
        var result = _validator.Validate(
            null, new ScheduleOptions { DailySyncUtc = "6 am", UpcomingChargeDays = 0, UpcomingChargeEvery = TimeSpan.Zero });

        Assert.Equal(
            ["Schedule:DailySyncUtc", "Schedule:UpcomingChargeDays", "Schedule:UpcomingChargeEvery"],
            result.Failures!.Select(failure => failure.Split(' ')[0]));
    }

    [Fact]
    public void A_quota_has_to_be_one()
    {
        var wrong = new QuotaOptions { Connections = 501, WebhooksPerSecond = 0, Backlog = -1 };

        Assert.Equal(
            ["Quotas:Connections", "Quotas:WebhooksPerSecond", "Quotas:Backlog"],
            _validator.Validate(null, wrong).Failures!.Select(failure => failure.Split(' ')[0]));
        Assert.True(_validator.Validate(null, new QuotaOptions()).Succeeded);
    }

    [Fact]
    public void An_outbox_has_to_hold_something() =>
        Assert.StartsWith("Outbox:MaxWaiting ", _validator.Validate(null, new OutboxOptions { MaxWaiting = 0 }).FailureMessage, StringComparison.Ordinal);
}
