namespace RechargeGrains.Sandbox;

/// <summary>The rate limit of one token: so many calls deep, leaking steadily. A call that would overflow it is not counted.</summary>
internal sealed class LeakyBucket(TimeProvider time, int size, double leakPerSecond)
{
    private readonly Lock _gate = new();
    private double _level;
    private long _at = time.GetTimestamp();

    /// <summary>Calls that it took so far.</summary>
    public long Taken { get; private set; }

    /// <summary>What <c>x-recharge-limit</c> says: used/cap.</summary>
    public string Gauge
    {
        get
        {
            lock (_gate)
            {
                Leak();
                return string.Create(CultureInfo.InvariantCulture, $"{(int)Math.Ceiling(_level)}/{size}");
            }
        }
    }

    public bool TryAdd()
    {
        lock (_gate)
        {
            Leak();
            if (_level + 1 > size)
                return false;
            _level++;
            Taken++;
            return true;
        }
    }

    private void Leak()
    {
        var now = time.GetTimestamp();
        _level = Math.Max(0, _level - time.GetElapsedTime(_at, now).TotalSeconds * leakPerSecond);
        _at = now;
    }
}
