using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Grains.Http;

namespace RechargeGrains.Grains.Tests.Http;

public sealed class CallBudgetTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);

    [Fact]
    public async Task As_many_calls_as_the_bucket_holds_pass_at_once_and_no_more()
    {
        using var budget = new CallBudget(_time, 5, 1);
        Assert.Equal(5, await GrantedAsync(Callers(budget, 8)));
    }

    [Theory]
    [InlineData(1, 4, 10, 41)]
    [InlineData(40, 2, 30, 100)]
    public async Task Over_time_calls_pass_at_the_rate(double capacity, double rate, int seconds, int expected)
    {
        using var budget = new CallBudget(_time, capacity, rate);
        var callers = Callers(budget, 200);
        for (var step = 0; step < seconds * 100; step++)
            _time.Advance(TimeSpan.FromMilliseconds(10));

        Assert.Equal(expected, await GrantedAsync(callers));
    }

    [Fact]
    public async Task Live_calls_leave_a_margin_and_back_fill_leaves_room_for_live_calls()
    {
        using var budget = new CallBudget(_time, 40, 2, liveShare: 0.9, backFillShare: 0.6);

        Assert.Equal(24, await GrantedAsync(Callers(budget, 40, backFill: true)));
        Assert.Equal(12, await GrantedAsync(Callers(budget, 40)));
    }

    [Fact]
    public async Task Lanes_take_turns_however_long_one_of_them_is()
    {
        using var budget = new CallBudget(_time, 1, 1);
        await budget.AcquireAsync("other", false, CancellationToken.None);
        List<Caller> callers = [.. Callers(budget, 4, lane: "long"), .. Callers(budget, 2, lane: "short")];

        Assert.Equal(["long", "short", "long", "short", "long", "long"], await ServedAsync(callers));
    }

    [Fact]
    public async Task Live_calls_go_first_and_back_fill_follows_when_they_are_done()
    {
        using var budget = new CallBudget(_time, 1, 1);
        await budget.AcquireAsync("other", false, CancellationToken.None);
        List<Caller> callers = [.. Callers(budget, 2, lane: "back-fill", backFill: true), .. Callers(budget, 2, lane: "live")];

        Assert.Equal(["live", "live", "back-fill", "back-fill"], await ServedAsync(callers));
    }

    [Fact]
    public async Task The_gauge_raises_the_level_and_never_lowers_it()
    {
        using var raised = new CallBudget(_time, 40, 2);
        raised.Observe(38, 40, 2);
        Assert.Equal(2, await GrantedAsync(Callers(raised, 5)));

        using var full = new CallBudget(_time, 40, 2);
        Assert.Equal(40, await GrantedAsync(Callers(full, 40)));
        full.Observe(1, 40, 2);
        Assert.Equal(0, await GrantedAsync(Callers(full, 5)));
    }

    [Fact]
    public async Task The_gauge_changes_size_and_rate()
    {
        using var budget = new CallBudget(_time, 40, 2);
        budget.Observe(80, 80, 4);
        var callers = Callers(budget, 20);
        for (var step = 0; step < 20; step++)
            _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal((80, 4), (budget.Capacity, budget.LeakPerSecond));
        Assert.Equal(8, await GrantedAsync(callers));
    }

    [Fact]
    public async Task While_it_is_closed_nothing_passes_and_a_shorter_closure_does_not_open_it_sooner()
    {
        using var budget = new CallBudget(_time, 40, 2);
        budget.CloseFor(TimeSpan.FromSeconds(5));
        budget.CloseFor(TimeSpan.FromSeconds(1));

        var early = Callers(budget, 1);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Equal(0, await GrantedAsync(early));
        var later = Callers(budget, 1);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(1, await GrantedAsync(later));
    }

    [Fact]
    public async Task A_caller_that_gives_up_frees_its_place()
    {
        using var budget = new CallBudget(_time, 1, 1);
        await budget.AcquireAsync("", false, CancellationToken.None);
        var callers = Callers(budget, 3);
        Assert.False(await callers[0].GrantedAsync());
        Assert.False(await callers[1].GrantedAsync());
        _time.Advance(TimeSpan.FromSeconds(1.01));

        Assert.True(await callers[2].GrantedAsync());
    }

    [Fact]
    public async Task Live_callers_that_gave_up_do_not_hold_back_the_rest()
    {
        using var budget = new CallBudget(_time, 1, 1);
        await budget.AcquireAsync("", false, CancellationToken.None);
        var live = Callers(budget, 2);
        var backFill = Callers(budget, 1, backFill: true);
        Assert.Equal(0, await GrantedAsync(live));
        _time.Advance(TimeSpan.FromSeconds(1.01));

        Assert.Equal(1, await GrantedAsync(backFill));
    }

    [Fact]
    public async Task Back_fill_gets_every_eighth_turn_while_live_callers_never_stop()
    {
        using var budget = new CallBudget(_time, 1, 1);
        await budget.AcquireAsync("", false, CancellationToken.None);

        var served = await ServedAsync([.. Callers(budget, 16, "live"), .. Callers(budget, 2, "back-fill", backFill: true)]);

        List<string> seven = [.. Enumerable.Repeat("live", 7)];
        Assert.Equal([.. seven, "back-fill", .. seven, "back-fill", "live", "live"], served);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_from_the_start_takes_no_place()
    {
        using var budget = new CallBudget(_time, 1, 1);
        await Assert.ThrowsAsync<OperationCanceledException>(() => budget.AcquireAsync("", false, new CancellationToken(canceled: true)));

        Assert.Equal(1, await GrantedAsync(Callers(budget, 2)));
    }

    [Fact]
    public async Task A_clock_that_is_set_back_neither_fills_nor_blocks_the_bucket()
    {
        using var budget = new CallBudget(_time, 2, 1);
        Assert.Equal(2, await GrantedAsync(Callers(budget, 2)));
        _time.AdjustTime(Given.Start.AddHours(-1));

        Assert.Equal(0, await GrantedAsync(Callers(budget, 1)));
        _time.Advance(TimeSpan.FromSeconds(1.01));
        Assert.Equal(1, await GrantedAsync(Callers(budget, 2)));
    }

    private static List<Caller> Callers(CallBudget budget, int count, string lane = "", bool backFill = false) =>
        [.. Enumerable.Range(0, count).Select(_ => new Caller(budget, lane, backFill))];

    private static async Task<int> GrantedAsync(IEnumerable<Caller> callers)
    {
        var granted = 0;
        foreach (var caller in callers)
            granted += await caller.GrantedAsync() ? 1 : 0;
        return granted;
    }

    /// <summary>The lanes of <paramref name="callers"/> in the order they are served, one a second.</summary>
    private async Task<List<string>> ServedAsync(List<Caller> callers)
    {
        var served = new List<string>();
        while (callers.Count > 0)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            var next = await Task.WhenAny(callers.Select(caller => caller.Call));
            var caller = callers.Single(candidate => candidate.Call == next);
            served.Add(caller.Lane);
            callers.Remove(caller);
        }

        return served;
    }

    private sealed class Caller
    {
        private readonly CancellationTokenSource _givesUp = new();

        public Caller(CallBudget budget, string lane, bool backFill)
        {
            Lane = lane;
            Call = budget.AcquireAsync(lane, backFill, _givesUp.Token);
        }

        public string Lane { get; }

        public Task Call { get; }

        /// <summary>Gives up. A call that was let through before is not cancelled by that, which tells the two apart without waiting.</summary>
        public async Task<bool> GrantedAsync()
        {
            await _givesUp.CancelAsync();
            try
            {
                await Call;
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }
}
