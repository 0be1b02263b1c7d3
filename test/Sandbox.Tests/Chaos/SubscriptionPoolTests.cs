namespace RechargeGrains.Sandbox.Tests;

public sealed class SubscriptionPoolTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_subscription_is_taken_once_and_not_within_a_second()
    {
        var pool = new SubscriptionPool(new Random(1));
        pool.Add(1, Now);

        Assert.Null(pool.Take(Now.AddMilliseconds(999)));
        Assert.Equal(1, pool.Take(Now.AddSeconds(1)));
        Assert.Null(pool.Take(Now.AddSeconds(1)));
    }
}
