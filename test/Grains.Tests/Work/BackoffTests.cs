using RechargeGrains.Grains.Work;

namespace RechargeGrains.Grains.Tests.Work;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(6, 32)]
    [InlineData(7, 60)]
    [InlineData(100, 60)]
    [InlineData(int.MaxValue, 60)]
    public void Pauses_double_up_to_a_minute_give_or_take_a_quarter(int failures, double seconds)
    {
        var pauses = Enumerable.Range(0, 200).Select(_ => Backoff.After(failures).TotalSeconds).ToList();

        Assert.All(pauses, pause => Assert.InRange(pause, seconds * 0.75, seconds * 1.25));
        Assert.NotEqual(pauses.Min(), pauses.Max());
    }
}
