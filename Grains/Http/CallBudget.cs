namespace RechargeGrains.Grains.Http;

/// <summary>
/// A leaky bucket that callers wait in front of: each call adds one, the level falls by <see cref="LeakPerSecond"/>, and a call is let
/// through while the level stays under the ceiling of its priority. Waiting callers of one priority are served in turns by lane,
/// so that one lane's queue never holds up another's. Thread-safe; time comes from the <see cref="TimeProvider"/>.
/// </summary>
/// <remarks>
/// Our own, because no library limiter can be corrected by a gauge that the service sends with each answer
/// (<see cref="Observe"/>) or knows that live calls go before back-fill (docs/adr/0005).
/// </remarks>
public sealed class CallBudget : IDisposable
{
    /// <summary>Live calls that may pass in a row while back-fill waits, so that it moves however busy the live ones are.</summary>
    private const int LiveBeforeBackFill = 7;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly LaneQueue _live = new();
    private readonly LaneQueue _backFill = new();
    private readonly double _liveShare;
    private readonly double _backFillShare;
    private double _level;
    private int _liveInARow;
    private long _measuredAt;
    private long _closedAt;
    private TimeSpan _closedFor;

    /// <param name="time">The clock.</param>
    /// <param name="capacity">Calls that may be made in one go.</param>
    /// <param name="leakPerSecond">Calls per second in the long run.</param>
    /// <param name="liveShare">Part of the capacity that live calls may use up; the rest stays free as a margin.</param>
    /// <param name="backFillShare">Part of the capacity that back-fill may use up; the rest is kept for live calls.</param>
    public CallBudget(TimeProvider time, double capacity, double leakPerSecond, double liveShare = 1, double backFillShare = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(leakPerSecond);
        _time = time;
        Capacity = capacity;
        LeakPerSecond = leakPerSecond;
        _liveShare = liveShare;
        _backFillShare = backFillShare;
        _measuredAt = time.GetTimestamp();
        _timer = time.CreateTimer(_ => ServeWaiting(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public double Capacity { get; private set; }

    public double LeakPerSecond { get; private set; }

    /// <summary>Completes when the call may be made.</summary>
    /// <param name="lane">Who calls; lanes take turns.</param>
    /// <param name="backFill">Whether live calls go first.</param>
    /// <param name="cancellationToken">Gives up the place in the queue.</param>
    public async Task AcquireAsync(string lane, bool backFill, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            (backFill ? _backFill : _live).Add(lane, waiter);
        }

        ServeWaiting();
        await using (cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), waiter))
            await waiter.Task;
    }

    /// <summary>Takes over what the service says of its own bucket: its level, and its size, which also tells the rate.</summary>
    /// <param name="used">Calls in the service's bucket.</param>
    /// <param name="capacity">Size of the service's bucket.</param>
    /// <param name="leakPerSecond">Rate that goes with the size.</param>
    public void Observe(double used, double capacity, double leakPerSecond)
    {
        lock (_gate)
        {
            Leak();
            Capacity = Math.Max(1, capacity);
            LeakPerSecond = leakPerSecond;
            // Calls of ours that are still on their way are not in the service's figure, so it can only raise ours.
            _level = Math.Max(_level, used);
        }

        ServeWaiting();
    }

    /// <summary>Changes the rate; what was used so far counts on.</summary>
    public void SetRate(double leakPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(leakPerSecond);
        lock (_gate)
        {
            Leak();
            LeakPerSecond = leakPerSecond;
        }

        ServeWaiting();
    }

    /// <summary>Lets nothing through for a while.</summary>
    public void CloseFor(TimeSpan span)
    {
        lock (_gate)
        {
            if (span > StillClosed())
                (_closedAt, _closedFor) = (_time.GetTimestamp(), span);
        }

        ServeWaiting();
    }

    public void Dispose() => _timer.Dispose();

    private void ServeWaiting()
    {
        lock (_gate)
        {
            Leak();
            while (_live.HasAny || _backFill.HasAny)
            {
                var isBackFill = !_live.HasAny || (_backFill.HasAny && _liveInARow >= LiveBeforeBackFill);
                // Back-fill keeps its distance only while nobody else wants the room; its turn among live calls is a turn like theirs.
                var share = _live.HasAny ? _liveShare : _backFillShare;
                var wait = WaitFor(Math.Max(1, Capacity * share));
                if (wait > TimeSpan.Zero)
                {
                    _timer.Change(wait, Timeout.InfiniteTimeSpan);
                    return;
                }

                if ((isBackFill ? _backFill : _live).Next()?.TrySetResult() != true)
                    continue;
                _level++;
                _liveInARow = isBackFill || !_backFill.HasAny ? 0 : _liveInARow + 1;
            }
        }
    }

    private TimeSpan WaitFor(double ceiling)
    {
        var closed = StillClosed();
        // A rounding error must not keep a caller waiting for a timer of no length.
        var excess = _level + 1 - ceiling - 1e-6;
        var leaking = excess > 0 ? TimeSpan.FromSeconds(excess / LeakPerSecond) : TimeSpan.Zero;
        var wait = closed > leaking ? closed : leaking;
        return wait > TimeSpan.Zero && wait < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : wait;
    }

    private void Leak()
    {
        // By time stamps, not by the hour of the day, which someone may set back.
        var now = _time.GetTimestamp();
        _level = Math.Max(0, _level - Math.Max(0, _time.GetElapsedTime(_measuredAt, now).TotalSeconds) * LeakPerSecond);
        _measuredAt = now;
    }

    private TimeSpan StillClosed() => _closedFor - _time.GetElapsedTime(_closedAt);
}
