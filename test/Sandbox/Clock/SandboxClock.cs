namespace RechargeGrains.Sandbox;

/// <summary>
/// The clock of one sandbox. It runs with real time unless <see cref="Speed"/> says otherwise, and can be pushed forward.
/// Timers made by it fire in the order in which they are due: those that <see cref="Advance"/> passes have fired when it
/// returns, each with the clock standing at its own due time.
/// </summary>
public sealed class SandboxClock : TimeProvider, IDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly SortedSet<SandboxTimer> _timers = new(SandboxTimer.ByDueTime);
    private readonly ITimer _wake;
    private readonly DateTimeOffset _start;
    private long _anchor;
    private long _anchorReal;
    private long _timersMade;
    private double _speed;

    /// <param name="start">The first instant shown. Without it, the real time.</param>
    /// <param name="speed">Sandbox seconds in a real second; 0 stands still until it is advanced.</param>
    public SandboxClock(DateTimeOffset? start = null, double speed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(speed);
        _start = (start ?? System.GetUtcNow()).ToUniversalTime();
        _speed = speed;
        _anchorReal = System.GetTimestamp();
        _wake = System.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sandbox seconds that pass in a real second. 1 by default; 0 makes the clock stand still.</summary>
    public double Speed
    {
        get
        {
            lock (_gate)
                return _speed;
        }
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            lock (_gate)
            {
                JumpTo(Elapsed());
                _speed = value;
                Arm();
            }
        }
    }

    /// <summary>When the next timer is due; null when none is set. For whoever moves a standing clock from one to the next.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
                return _timers.Min is { } next ? _start.AddTicks(next.Due) : null;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _start.AddTicks(GetTimestamp());

    public override long GetTimestamp()
    {
        lock (_gate)
            return Elapsed();
    }

    /// <summary>Moves the clock forward and fires what falls due on the way, on the calling thread.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        long target;
        lock (_gate)
            target = Elapsed() + by.Ticks;
        while (TakeDue(target) is { } timer)
            timer.Fire();
        lock (_gate)
        {
            JumpTo(Math.Max(Elapsed(), target));
            Arm();
        }
    }

    /// <summary>Moves the clock to a later instant. A sandbox never goes back: give an early start instead.</summary>
    public void Set(DateTimeOffset instant) => Advance(instant - GetUtcNow());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SandboxTimer(this, callback, state, Interlocked.Increment(ref _timersMade));
        timer.Change(dueTime, period);
        return timer;
    }

    public void Dispose() => _wake.Dispose();

    internal bool Schedule(SandboxTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            if (timer.Disposed)
                return false;
            _timers.Remove(timer);
            timer.Period = period > TimeSpan.Zero ? period.Ticks : 0;
            if (dueTime >= TimeSpan.Zero)
            {
                timer.Due = Elapsed() + dueTime.Ticks;
                _timers.Add(timer);
            }

            Arm();
            return true;
        }
    }

    internal void Remove(SandboxTimer timer)
    {
        lock (_gate)
        {
            timer.Disposed = true;
            _timers.Remove(timer);
        }
    }

    private long Elapsed() => _anchor + (long)(System.GetElapsedTime(_anchorReal).Ticks * _speed);

    private void JumpTo(long elapsed)
    {
        _anchor = elapsed;
        _anchorReal = System.GetTimestamp();
    }

    private void FireDue()
    {
        while (TakeDue(null) is { } timer)
            timer.Fire();
        lock (_gate)
            Arm();
    }

    private SandboxTimer? TakeDue(long? target)
    {
        lock (_gate)
        {
            if (_timers.Min is not { } timer || timer.Due > (target ?? Elapsed()))
                return null;
            if (target is not null)
                JumpTo(Math.Max(Elapsed(), timer.Due));
            _timers.Remove(timer);
            if (timer.Period > 0)
            {
                timer.Due += timer.Period;
                _timers.Add(timer);
            }

            return timer;
        }
    }

    private void Arm()
    {
        if (_timers.Min is not { } next || _speed <= 0)
            return;
        var wait = TimeSpan.FromTicks((long)(Math.Max(0, next.Due - Elapsed()) / _speed));
        // One tick late rather than early: a wake before the due time would find nothing and have to be armed again.
        _wake.Change(wait < LongestSleep ? wait + TimeSpan.FromMilliseconds(1) : LongestSleep, Timeout.InfiniteTimeSpan);
    }
}
