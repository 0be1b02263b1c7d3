namespace RechargeGrains.Sandbox.Tests;

public sealed class ChaosProgressTests
{
    [Fact]
    public async Task The_life_goes_on_when_every_lane_lets_it()
    {
        var ct = TestContext.Current.CancellationToken;
        var progress = new ChaosProgress();
        progress.Allow("one", 2);
        progress.Allow("other", 1);
        await progress.WaitUntilAllowedAsync(ct);

        progress.Play(1);
        var waiting = progress.WaitUntilAllowedAsync(ct);
        progress.Allow("one", 3);
        Assert.False(waiting.IsCompleted);
        progress.Allow("other", 2);

        await waiting;
    }
}
