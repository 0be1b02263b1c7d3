using RechargeGrains.Grains.Scheduling;

namespace RechargeGrains.Grains.Tests.Scheduling;

public sealed class DailySpreadTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 20)]
    [InlineData(2_499, 49_980)]
    [InlineData(2_500, 0)]
    public void Tenants_wake_one_after_the_other_inside_a_minute(int place, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), DailySpread.Of(place));
}
