namespace RechargeGrains.Sandbox;

/// <summary>So many calls in any second. A refused call does not count.</summary>
internal sealed class SlidingWindow(TimeProvider time, int perSecond, TimeSpan tolerance)
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _calls = new();

    public bool TryAdd()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            while (_calls.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= TimeSpan.FromSeconds(1) - tolerance)
                _calls.Dequeue();
            if (_calls.Count >= perSecond)
                return false;
            _calls.Enqueue(now);
            return true;
        }
    }
}
