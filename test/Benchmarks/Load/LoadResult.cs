namespace RechargeGrains.Benchmarks.Load;

/// <summary>What came of a load: how long answers took, how many a second, and how many were none that was hoped for.</summary>
internal sealed class LoadResult
{
    private readonly long[] _sorted;

    public LoadResult(IEnumerable<long> ticks, TimeSpan took, long failed)
    {
        _sorted = [.. ticks.Order()];
        Took = took;
        Failed = failed;
    }

    public int Count => _sorted.Length;

    public TimeSpan Took { get; }

    /// <summary>Answers other than 200.</summary>
    public long Failed { get; }

    public double PerSecond => Count / Took.TotalSeconds;

    /// <summary>So many of a hundred took at most as long.</summary>
    public TimeSpan Percentile(double percent) =>
        _sorted.Length == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(_sorted[Math.Min(_sorted.Length - 1, (int)Math.Ceiling(_sorted.Length * percent / 100) - 1)]);
}
