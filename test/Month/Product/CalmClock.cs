namespace RechargeGrains.Month;

/// <summary>
/// The sandbox's clock, with what ticks every few seconds ticking every few minutes. Each tick costs the driver of time a step, and those of
/// the front door's counters would be nine out of ten of all steps.
/// </summary>
internal sealed class CalmClock(SandboxClock clock) : TimeProvider
{
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMinutes(5);

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <summary>
    /// Whole milliseconds, as timers have them. Whoever pauses for less than one does not pause, and would ask a standing clock for ever.
    /// </summary>
    public override DateTimeOffset GetUtcNow()
    {
        var now = clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        period > TimeSpan.Zero && period < ShortestPeriod
            ? clock.CreateTimer(callback, state, ShortestPeriod, ShortestPeriod)
            : clock.CreateTimer(callback, state, dueTime, period);
}
