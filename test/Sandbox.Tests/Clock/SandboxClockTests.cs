namespace RechargeGrains.Sandbox.Tests;

public sealed class SandboxClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_standing_clock_moves_only_when_it_is_advanced_and_never_back()
    {
        using var clock = new SandboxClock(Start, speed: 0);

        Assert.Equal(Start, clock.GetUtcNow());
        clock.Advance(TimeSpan.FromHours(2));
        clock.Set(Start.AddHours(3));

        Assert.Equal(Start.AddHours(3), clock.GetUtcNow());
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Set(Start));
    }

    [Fact]
    public void Timers_fire_in_order_each_at_its_own_time()
    {
        using var clock = new SandboxClock(Start, speed: 0);
        var fired = new List<(string, TimeSpan)>();
        using var late = Timer(clock, "late", TimeSpan.FromMinutes(30), Timeout.InfiniteTimeSpan, fired);
        using var early = Timer(clock, "early", TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan, fired);
        using var often = Timer(clock, "often", TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), fired);

        clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal([("early", 5), ("often", 10), ("often", 25), ("late", 30)], fired.Select(call => (call.Item1, (int)call.Item2.TotalMinutes)));
    }

    [Fact]
    public void A_clock_can_be_moved_from_one_timer_to_the_next()
    {
        using var clock = new SandboxClock(Start, speed: 0);
        var fired = new List<(string, TimeSpan)>();
        Assert.Null(clock.NextDue);
        using var late = Timer(clock, "late", TimeSpan.FromMinutes(30), Timeout.InfiniteTimeSpan, fired);
        using var early = Timer(clock, "early", TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan, fired);

        while (clock.NextDue is { } due)
            clock.Set(due);

        Assert.Equal(Start.AddMinutes(30), clock.GetUtcNow());
        Assert.Equal(["early", "late"], fired.Select(call => call.Item1));
    }

    [Fact]
    public void A_disposed_timer_is_silent()
    {
        using var clock = new SandboxClock(Start, speed: 0);
        var fired = new List<(string, TimeSpan)>();
        var timer = Timer(clock, "never", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan, fired);
        timer.Dispose();

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(fired);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public async Task A_running_clock_fires_by_itself_and_speed_shortens_the_wait()
    {
        using var clock = new SandboxClock(Start, speed: 100_000);

        await Task.Delay(TimeSpan.FromHours(1), clock, TestContext.Current.CancellationToken);

        Assert.True(clock.GetUtcNow() >= Start.AddHours(1));
    }

    private static ITimer Timer(SandboxClock clock, string name, TimeSpan due, TimeSpan period, List<(string, TimeSpan)> fired) =>
        clock.CreateTimer(_ => fired.Add((name, clock.GetUtcNow() - Start)), null, due, period);
}
