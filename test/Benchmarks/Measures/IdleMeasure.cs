using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>A thousand connections for which nothing happens.</summary>
internal static class IdleMeasure
{
    public static async Task<MeasureTable> RunAsync(Store store, int retailers, TimeSpan settling, TimeSpan measured, CancellationToken ct)
    {
        var table = new MeasureTable("connections", "of a processor", "memory", "records written a second");
        await using var product = await BenchProduct.StartAsync(store, retailers, ct: ct);
        await Task.Delay(settling, ct);
        var (before, written) = (product.Process.ProcessorTime, await product.OperationsAsync(ct));
        await Task.Delay(measured, ct);
        table.Add(
            $"{retailers:#,0}",
            Words.Percent((product.Process.ProcessorTime - before) / measured),
            Words.Megabytes(product.Process.WorkingSet),
            Words.Rate((await product.OperationsAsync(ct) - written) / measured.TotalSeconds));
        return table;
    }
}
