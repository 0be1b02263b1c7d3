using RechargeGrains.Benchmarks.Load;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>The product and both yardsticks in the same run, by the number of connections.</summary>
internal sealed record DurableResult(
    IReadOnlyDictionary<int, LoadResult> Product, IReadOnlyDictionary<int, LoadResult> Bare, IReadOnlyDictionary<int, LoadResult> WriteEach)
{
    public double OfBare(int connections) => Product[connections].PerSecond / Bare[connections].PerSecond;

    public double TimesWriteEach(int connections) => Product[connections].PerSecond / WriteEach[connections].PerSecond;

    public MeasureTable ToTable()
    {
        var table = new MeasureTable("what", "connections", "200 a second", "p50 ms", "p95 ms", "p99 ms", "other", "of (a)", "times (b)");
        foreach (var (what, results) in new[] { ("the product", Product), ("(a) signature only", Bare), ("(b) a write for each", WriteEach) })
        {
            foreach (var (connections, result) in results)
            {
                var isProduct = ReferenceEquals(results, Product);
                table.Add(
                    what, $"{connections}", Words.Rate(result.PerSecond), Words.Milliseconds(result.Percentile(50)), Words.Milliseconds(result.Percentile(95)),
                    Words.Milliseconds(result.Percentile(99)), $"{result.Failed}", isProduct ? Words.Ratio(OfBare(connections)) : "",
                    isProduct ? Words.Ratio(TimesWriteEach(connections)) : "");
            }
        }

        return table;
    }
}
