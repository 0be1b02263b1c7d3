using System.Collections.Concurrent;

namespace RechargeGrains.Sandbox;

/// <summary>How long answers took, and which they were.</summary>
internal sealed class Latencies
{
    private readonly ConcurrentBag<double> _milliseconds = [];
    private readonly ConcurrentDictionary<int, int> _statuses = new();

    public int Count => _milliseconds.Count;

    public IReadOnlyDictionary<int, int> Statuses => _statuses;

    public void Add(TimeSpan took, int status)
    {
        _milliseconds.Add(took.TotalMilliseconds);
        _statuses.AddOrUpdate(status, 1, (_, known) => known + 1);
    }

    /// <summary>So many of a hundred took at most as long; 0 if there were none.</summary>
    public double Percentile(double percent)
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted.Length == 0 ? 0 : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(sorted.Length * percent / 100) - 1)];
    }
}
