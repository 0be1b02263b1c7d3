using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Api.Hooks;

namespace RechargeGrains.Api.Tests.Hooks;

public sealed class FairShareTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(4);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task A_connection_alone_waits_for_nobody()
    {
        await using var share = NewShare();
        for (var i = 0; i < 100; i++)
            Assert.Null(await share.TakeTurnAsync("loud", Within, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task While_another_is_busy_a_flood_waits_in_line_and_the_other_does_not()
    {
        await using var share = NewShare();
        await share.TakeTurnAsync("quiet", Within, TestContext.Current.CancellationToken);
        var flood = Enumerable.Range(0, 20).Select(_ => share.TakeTurnAsync("loud", Within, TestContext.Current.CancellationToken).AsTask()).ToList();
        Assert.Equal(FairShare.WithOthers, flood.Count(turn => turn.IsCompleted));

        var other = await share.TakeTurnAsync("quiet", Within, TestContext.Current.CancellationToken);
        Assert.True(other!.IsAcquired);
        (await flood[0])!.Dispose();
        Assert.True((await flood[FairShare.WithOthers])!.IsAcquired);
        Assert.False(flood[FairShare.WithOthers + 1].IsCompleted);
    }

    [Fact]
    public async Task Some_time_after_the_other_was_last_seen_the_connection_is_alone_again()
    {
        await using var share = NewShare();
        await share.TakeTurnAsync("quiet", Within, TestContext.Current.CancellationToken);
        Assert.NotNull(await share.TakeTurnAsync("loud", Within, TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Null(await share.TakeTurnAsync("loud", Within, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_turn_is_not_waited_for_longer_than_the_sender_waits()
    {
        await using var share = NewShare();
        await share.TakeTurnAsync("quiet", Within, TestContext.Current.CancellationToken);
        var flood = Enumerable.Range(0, FairShare.WithOthers + 1).Select(_ => share.TakeTurnAsync("loud", Within, TestContext.Current.CancellationToken).AsTask()).ToList();
        Assert.False(flood[^1].IsCompleted);

        _time.Advance(Within);
        Assert.False((await flood[^1])!.IsAcquired);
    }

    private FairShare NewShare() => new(Options.Create(new HookOptions()), _time);
}
