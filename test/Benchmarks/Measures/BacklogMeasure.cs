using System.Diagnostics;
using RechargeGrains.Benchmarks.Load;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>A hundred thousand events wait while Ometria is away: what an event costs then, how long a start takes, and how fast they go out.</summary>
internal static class BacklogMeasure
{
    private const int Retailers = 20;
    private const int Customers = 100_000;
    private const int Backlog = 100_000;
    private const int Connections = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<MeasureTable> RunAsync(Store store, MeasureTime time, CancellationToken ct)
    {
        var table = new MeasureTable("what", "figure");
        await using var product = await BenchProduct.StartAsync(store, Retailers, new Dictionary<string, string> { ["Ometria__PushesPerSecond"] = "1000" }, ct: ct);
        var load = new WebhookLoad(product.Hooks, Customers);
        await load.RunAsync(Connections, Customers, ct);
        await product.Ometria.WaitForEventsAsync(load.Sent, Patience, ct);
        table.Add("start with nothing waiting", Words.Seconds(await product.RestartAsync(ct)));

        product.Ometria.IsDown = true;
        var first = await CostAsync(product, load, time, ct);
        await load.RunAsync(Connections, Backlog, ct);
        var later = await CostAsync(product, load, time, ct);
        var waiting = load.Sent - product.Ometria.Events;
        table.Add("processor time of a webhook, nothing waiting", Words.Microseconds(first));
        table.Add(string.Create(CultureInfo.InvariantCulture, $"processor time of a webhook, {waiting:#,0} waiting"), Words.Microseconds(later));
        table.Add("growth", Words.Percent((later / first) - 1));
        table.Add(string.Create(CultureInfo.InvariantCulture, $"start with {waiting:#,0} waiting"), Words.Seconds(await product.RestartAsync(ct)));
        var began = Stopwatch.GetTimestamp();
        product.Ometria.IsDown = false;
        await product.Ometria.WaitForEventsAsync(load.Sent, Patience, ct);
        var took = Stopwatch.GetElapsedTime(began);
        table.Add("until all of them are at Ometria", Words.Seconds(took));
        table.Add("events a second", Words.Rate(waiting / took.TotalSeconds));
        return table;
    }

    private static async Task<double> CostAsync(BenchProduct product, WebhookLoad load, MeasureTime time, CancellationToken ct)
    {
        var (before, sent) = (product.Process.ProcessorTime, load.Sent);
        await load.RunForAsync(Connections, time.Measured, ct);
        return (product.Process.ProcessorTime - before).TotalMicroseconds / (load.Sent - sent);
    }
}
