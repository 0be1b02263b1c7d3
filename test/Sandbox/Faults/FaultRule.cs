namespace RechargeGrains.Sandbox;

/// <summary>A fault that is switched on, with how often it still strikes and how often it did.</summary>
public sealed class FaultRule
{
    private readonly Signal _struck = new();
    private readonly Func<FaultedCall, bool>? _where;
    private long _left;
    private long _hits;

    internal FaultRule(Fault fault, long times, Func<FaultedCall, bool>? where)
    {
        Fault = fault;
        _left = times;
        _where = where;
    }

    public Fault Fault { get; }

    public int Hits => (int)Interlocked.Read(ref _hits);

    /// <summary>Completes when the fault has struck so often.</summary>
    public Task WaitForHitsAsync(int hits, TimeSpan timeout, CancellationToken ct = default) =>
        _struck.WaitForAsync(() => Hits >= hits ? this : null, timeout, () => $"{Hits} of {hits} hits", ct);

    internal bool Strikes(FaultedCall call)
    {
        if (_where?.Invoke(call) == false || Interlocked.Decrement(ref _left) < 0)
            return false;
        Interlocked.Increment(ref _hits);
        _struck.Raise();
        return true;
    }
}
