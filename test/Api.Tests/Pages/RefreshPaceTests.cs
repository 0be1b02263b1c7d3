using RechargeGrains.Api.Pages;

namespace RechargeGrains.Api.Tests.Pages;

public sealed class RefreshPaceTests
{
    [Theory]
    [InlineData(0.1, 2, 2)]
    [InlineData(1, 2, 5)]
    [InlineData(1, 10, 10)]
    [InlineData(30, 2, 60)]
    [InlineData(1e9, 2, 60)]
    public void A_slow_loading_is_followed_by_a_longer_pause(double took, double every, double pause) =>
        Assert.Equal(TimeSpan.FromSeconds(pause), RefreshPace.PauseAfter(TimeSpan.FromSeconds(took), TimeSpan.FromSeconds(every)));
}
