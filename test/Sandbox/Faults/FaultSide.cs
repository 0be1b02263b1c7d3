namespace RechargeGrains.Sandbox;

/// <summary>The faults of one side. Rules are asked in the order they were given; the first that strikes decides.</summary>
public class FaultSide
{
    private readonly Lock _gate = new();
    private readonly List<FaultRule> _rules = [];
    private readonly Signal _heldChanged = new();
    private TaskCompletionSource? _hold;
    private int _held;

    /// <summary>Calls that wait for <see cref="ReleaseRequests"/> now.</summary>
    public int HeldRequests => Volatile.Read(ref _held);

    /// <summary>Whether any rule has to be asked.</summary>
    internal bool HasRules
    {
        get
        {
            lock (_gate)
                return _rules.Count > 0;
        }
    }

    /// <summary>Adds to every answer what the side always adds.</summary>
    internal Action<HttpContext>? Decorate { get; set; }

    public FaultRule Next(Fault fault, int times = 1, Func<FaultedCall, bool>? where = null) => Add(new FaultRule(fault, times, where));

    public FaultRule Always(Fault fault, Func<FaultedCall, bool>? where = null) => Add(new FaultRule(fault, long.MaxValue, where));

    /// <summary>Ends one fault and leaves the others.</summary>
    public void Remove(FaultRule rule)
    {
        lock (_gate)
            _rules.Remove(rule);
    }

    /// <summary>Every call waits at the door, before anything is done, until <see cref="ReleaseRequests"/>.</summary>
    public void HoldRequests()
    {
        lock (_gate)
            _hold ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void ReleaseRequests()
    {
        lock (_gate)
        {
            _hold?.TrySetResult();
            _hold = null;
        }
    }

    /// <summary>Completes when so many calls wait at the door.</summary>
    public Task WaitForHeldAsync(int requests, TimeSpan timeout, CancellationToken ct = default) =>
        _heldChanged.WaitForAsync(() => HeldRequests >= requests ? this : null, timeout, () => $"{HeldRequests} of {requests} held", ct);

    /// <summary>Switches everything off and releases what is held.</summary>
    public virtual void Clear()
    {
        lock (_gate)
            _rules.Clear();
        ReleaseRequests();
    }

    internal async Task PassHoldAsync(CancellationToken ct)
    {
        Task? hold;
        lock (_gate)
            hold = _hold?.Task;
        if (hold is null)
            return;
        Interlocked.Increment(ref _held);
        _heldChanged.Raise();
        try
        {
            await hold.WaitAsync(ct);
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }

    internal Fault? Take(FaultedCall call)
    {
        lock (_gate)
            return _rules.FirstOrDefault(rule => rule.Strikes(call))?.Fault;
    }

    private FaultRule Add(FaultRule rule)
    {
        lock (_gate)
            _rules.Add(rule);
        return rule;
    }
}
