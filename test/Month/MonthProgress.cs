namespace RechargeGrains.Month;

/// <summary>How far a month is, for whoever looks on.</summary>
internal sealed class MonthProgress
{
    private long _done;
    private volatile string _phase = "Starting";

    /// <summary>Simulated time that has passed.</summary>
    public TimeSpan Done
    {
        get => new(Interlocked.Read(ref _done));
        set => Interlocked.Exchange(ref _done, value.Ticks);
    }

    /// <summary>What is going on, in a few words.</summary>
    public string Phase
    {
        get => _phase;
        set => _phase = value;
    }
}
