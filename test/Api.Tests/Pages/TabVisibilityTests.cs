using RechargeGrains.Api.Pages;

namespace RechargeGrains.Api.Tests.Pages;

public sealed class TabVisibilityTests
{
    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_waits_goes_on_when_the_tab_is_visible_again_and_not_before()
    {
        var tab = new TabVisibility();
        await tab.WhenVisibleAsync(Stopping);
        tab.Show(false);
        tab.Show(false);
        var waiting = tab.WhenVisibleAsync(Stopping);
        Assert.False(waiting.IsCompleted);

        tab.Show(true);
        tab.Show(true);
        await waiting;
        await tab.WhenVisibleAsync(Stopping);
    }

    [Fact]
    public async Task Waiting_ends_when_the_page_is_closed()
    {
        var tab = new TabVisibility();
        tab.Show(false);
        using var closed = new CancellationTokenSource();
        var waiting = tab.WhenVisibleAsync(closed.Token);
        await closed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
