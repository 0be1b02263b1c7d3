using System.Diagnostics;
using RechargeGrains.Benchmarks.Load;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>One account at the highest limit that Ometria gives, with more waiting than goes out.</summary>
internal static class AccountMeasure
{
    private const double PushesPerSecond = 8;
    private const int RecordsOfPush = 100;
    private const int Waiting = 40_000;
    private const int Connections = 64;

    public static async Task<MeasureTable> RunAsync(Store store, MeasureTime time, CancellationToken ct)
    {
        var table = new MeasureTable("limit, records a second", "accepted a second", "of the limit");
        var settings = new Dictionary<string, string> { ["Ometria__PushesPerSecond"] = PushesPerSecond.ToString(CultureInfo.InvariantCulture) };
        await using var product = await BenchProduct.StartAsync(store, 1, settings, ct: ct);
        await new WebhookLoad(product.Hooks, Waiting).RunAsync(Connections, Waiting, ct);
        // Contacts go before their first events, and count against the same limit.
        var before = product.Ometria.Events + product.Ometria.Contacts;
        var began = Stopwatch.GetTimestamp();
        await Task.Delay(3 * time.Measured, ct);
        var perSecond = (product.Ometria.Events + product.Ometria.Contacts - before) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        table.Add(Words.Rate(PushesPerSecond * RecordsOfPush), Words.Rate(perSecond), Words.Ratio(perSecond / (PushesPerSecond * RecordsOfPush)));
        return table;
    }
}
