namespace RechargeGrains.Sandbox;

/// <summary>The faults of Ometria: those of any side, and records that it takes badly.</summary>
public sealed class OmetriaFaults : FaultSide
{
    private int _rejectNext;

    /// <summary>A push with such a record is refused as a whole with 400.</summary>
    public Func<JsonElement, bool>? PoisonWhen { get; set; }

    /// <summary>Such records are counted as <c>rejected</c> in a 202 and not taken.</summary>
    public Func<JsonElement, bool>? RejectWhen { get; set; }

    /// <summary>Such records are counted as <c>accepted</c> in a 202, then found wrong: not kept, and in the list of errors.</summary>
    public Func<JsonElement, bool>? InvalidWhen { get; set; }

    /// <summary>Rejects the first record of each of the next pushes.</summary>
    public void RejectOneOfNext(int pushes = 1) => Interlocked.Add(ref _rejectNext, pushes);

    public override void Clear()
    {
        base.Clear();
        PoisonWhen = null;
        RejectWhen = null;
        InvalidWhen = null;
        Interlocked.Exchange(ref _rejectNext, 0);
    }

    internal bool TakeRejection()
    {
        if (Interlocked.Decrement(ref _rejectNext) >= 0)
            return true;
        Interlocked.Increment(ref _rejectNext);
        return false;
    }
}
