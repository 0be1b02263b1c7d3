namespace RechargeGrains.Sandbox;

internal sealed class SandboxTimer(SandboxClock clock, TimerCallback callback, object? state, long number) : ITimer
{
    public static readonly IComparer<SandboxTimer> ByDueTime =
        Comparer<SandboxTimer>.Create((a, b) => (a.Due, a.Number).CompareTo((b.Due, b.Number)));

    public long Due { get; set; }

    public long Period { get; set; }

    public bool Disposed { get; set; }

    private long Number { get; } = number;

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Schedule(this, dueTime, period);

    public void Dispose() => clock.Remove(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
