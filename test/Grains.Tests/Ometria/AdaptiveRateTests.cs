using RechargeGrains.Grains.Ometria;

namespace RechargeGrains.Grains.Tests.Ometria;

public sealed class AdaptiveRateTests
{
    private static readonly DateTimeOffset Now = Given.Start;

    [Fact]
    public void A_429_halves_the_rate_and_those_of_the_same_moment_count_as_one()
    {
        var rate = new AdaptiveRate(4);
        rate.Throttled(Now);
        rate.Throttled(Now.AddMilliseconds(900));
        Assert.Equal(2, rate.Current);
        rate.Throttled(Now.AddSeconds(1));
        Assert.Equal(1, rate.Current);
    }

    [Fact]
    public void The_rate_never_falls_to_nothing()
    {
        var rate = new AdaptiveRate(4);
        for (var i = 0; i < 100; i++)
            rate.Throttled(Now.AddSeconds(i));
        Assert.Equal(0.2, rate.Current, 6);
    }

    [Fact]
    public void The_rate_comes_back_slowly_and_not_beyond_what_is_set()
    {
        var rate = new AdaptiveRate(4);
        rate.Throttled(Now);
        rate.Taken(Now.AddSeconds(4));
        Assert.Equal(2, rate.Current);
        for (var i = 5; i <= 30; i++)
            rate.Taken(Now.AddSeconds(i));
        Assert.Equal(4, rate.Current, 6);
        rate.Taken(Now.AddHours(1));
        Assert.Equal(4, rate.Current, 6);
    }
}
