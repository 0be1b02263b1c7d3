using RechargeGrains.Grains.Http;

namespace RechargeGrains.Grains.Tests.Http;

public sealed class LaneQueueTests
{
    private readonly LaneQueue _queue = new();

    [Fact]
    public void One_of_each_lane_is_taken_in_turn_and_each_lane_in_order()
    {
        var (a1, a2, a3, b1) = (Add("a"), Add("a"), Add("a"), Add("b"));
        Assert.Equal([a1, b1, a2, a3], [_queue.Next(), _queue.Next(), _queue.Next(), _queue.Next()]);
        Assert.False(_queue.HasAny);
    }

    [Fact]
    public void Those_who_gave_up_are_passed_over()
    {
        var (gone, stays) = (Add("a"), Add("a"));
        gone.SetCanceled(TestContext.Current.CancellationToken);
        Assert.Same(stays, _queue.Next());
        Assert.False(_queue.HasAny);
    }

    [Fact]
    public void A_lane_of_nobody_left_yields_nobody_and_disappears()
    {
        Add("a").SetCanceled(TestContext.Current.CancellationToken);
        Assert.Null(_queue.Next());
        Assert.False(_queue.HasAny);
        var back = Add("a");
        Assert.Same(back, _queue.Next());
    }

    private TaskCompletionSource Add(string lane)
    {
        var waiter = new TaskCompletionSource();
        _queue.Add(lane, waiter);
        return waiter;
    }
}
