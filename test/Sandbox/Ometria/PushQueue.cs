namespace RechargeGrains.Sandbox;

/// <summary>The queue behind the push API, as a level that falls steadily. Only its fullness shows.</summary>
internal sealed class PushQueue(TimeProvider time, int limit, double drainPerSecond)
{
    private readonly Lock _gate = new();
    private double _level;
    private long _at = time.GetTimestamp();

    public int Limit => limit;

    public int Remaining
    {
        get
        {
            lock (_gate)
            {
                Drain();
                return limit - (int)Math.Ceiling(_level);
            }
        }
    }

    public bool TryAdd(int records)
    {
        lock (_gate)
        {
            Drain();
            if (_level + records > limit)
                return false;
            _level += records;
            return true;
        }
    }

    private void Drain()
    {
        var now = time.GetTimestamp();
        _level = Math.Max(0, _level - time.GetElapsedTime(_at, now).TotalSeconds * drainPerSecond);
        _at = now;
    }
}
