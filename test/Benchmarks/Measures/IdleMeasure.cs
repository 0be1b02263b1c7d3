using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>A thousand connections for which nothing happens.</summary>
internal static class IdleMeasure
{
    public static async Task<MeasureTable> RunAsync(Store store, int retailers, TimeSpan settling, TimeSpan measured, CancellationToken ct)
    {
        var table = new MeasureTable("connections", "of a processor", "memory");
        await using var product = await BenchProduct.StartAsync(store, retailers, ct: ct);
        await Task.Delay(settling, ct);
        var before = product.Process.ProcessorTime;
        await Task.Delay(measured, ct);
        table.Add($"{retailers:#,0}", Words.Percent((product.Process.ProcessorTime - before) / measured), Words.Megabytes(product.Process.WorkingSet));
        return table;
    }
}
