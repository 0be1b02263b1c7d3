using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Grains.Http;

namespace RechargeGrains.Grains.Tests.Http;

public sealed class RateGaugeTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);

    [Theory]
    [InlineData("3/40", 3, 40)]
    [InlineData("80/80", 80, 80)]
    [InlineData("0/1", 0, 1)]
    [InlineData("1000000/40", 40, 40)]
    public void The_gauge_is_read(string text, double used, double capacity) => Assert.Equal((used, capacity), RateGauge.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("40")]
    [InlineData("/40")]
    [InlineData("3/")]
    [InlineData("3/0")]
    [InlineData("-3/40")]
    [InlineData("three/40")]
    [InlineData("1/1000000000")]
    public void What_is_no_gauge_is_ignored(string? text) => Assert.Null(RateGauge.Read(text));

    [Fact]
    public void A_larger_plan_is_recognised_by_its_bucket()
    {
        using var budget = new CallBudget(_time, 40, 2);
        using var response = new HttpResponseMessage(HttpStatusCode.OK);
        response.Headers.Add("x-recharge-limit", "5/80");
        RateGauge.Apply(response, budget);

        Assert.Equal((80, 4), (budget.Capacity, budget.LeakPerSecond));
    }

    [Theory]
    [InlineData(null, 2)]
    [InlineData(1, 2)]
    [InlineData(7, 7)]
    [InlineData(int.MaxValue, 900)]
    public async Task After_429_nothing_is_sent_for_two_seconds_or_as_long_as_is_asked(int? asked, int closed)
    {
        using var budget = new CallBudget(_time, 40, 2);
        using var response = new HttpResponseMessage(HttpStatusCode.TooManyRequests);
        if (asked is { } seconds)
            response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
        RateGauge.Apply(response, budget);

        using var givesUp = new CancellationTokenSource();
        var early = budget.AcquireAsync("", false, givesUp.Token);
        _time.Advance(TimeSpan.FromSeconds(closed - 0.01));
        await givesUp.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => early);

        var next = budget.AcquireAsync("", false, TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(0.02));
        await next;
    }
}
