using System.Diagnostics;
using RechargeGrains.Benchmarks.Load;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>From the moment a webhook is sent until Ometria takes the event: one at a time, and under all the load that goes in.</summary>
internal static class AcceptedMeasure
{
    private const int Retailers = 20;
    private const int Customers = 100_000;
    private const int Connections = 64;

    private static readonly TimeSpan BetweenTwo = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<MeasureTable> RunAsync(Store store, MeasureTime time, CancellationToken ct)
    {
        var table = new MeasureTable("what", "events", "accepted a second", "p50 ms", "p95 ms", "p99 ms");
        // As many pushes as there are: the limit belongs to Ometria, not to the product.
        await using var product = await BenchProduct.StartAsync(store, Retailers, new Dictionary<string, string> { ["Ometria__PushesPerSecond"] = "1000" }, ct: ct);
        var load = new WebhookLoad(product.Hooks, Customers);
        await load.RunAsync(Connections, Customers, ct);
        await product.Ometria.WaitForEventsAsync(load.Sent, Patience, ct);

        Add("one after the other", await WatchAsync(product, load, () => SendSlowlyAsync(load, time, ct), ct));
        Add("all that go in", await WatchAsync(product, load, () => load.RunForAsync(Connections, 2 * time.Measured, ct), ct));
        return table;

        void Add(string what, LoadResult result) => table.Add(
            what, Words.Rate(result.Count), Words.Rate(result.PerSecond), Words.Milliseconds(result.Percentile(50)), Words.Milliseconds(result.Percentile(95)),
            Words.Milliseconds(result.Percentile(99)));
    }

    private static async Task SendSlowlyAsync(WebhookLoad load, MeasureTime time, CancellationToken ct)
    {
        using var pace = new PeriodicTimer(BetweenTwo);
        var webhooks = 2 * time.Measured / BetweenTwo;
        while (webhooks-- > 0 && await pace.WaitForNextTickAsync(ct))
            await load.RunAsync(1, 1, ct);
    }

    private static async Task<LoadResult> WatchAsync(BenchProduct product, WebhookLoad load, Func<Task> send, CancellationToken ct)
    {
        var first = load.FirstId + load.Sent;
        var sent = new long[2_000_000];
        var took = new long[2_000_000];
        var began = Stopwatch.GetTimestamp();
        load.Sending = id => sent[id - first] = Stopwatch.GetTimestamp();
        product.Ometria.Arrived = id => took[id - first] = Stopwatch.GetElapsedTime(sent[id - first]).Ticks;
        await send();
        await product.Ometria.WaitForEventsAsync(load.Sent, Patience, ct);
        (load.Sending, product.Ometria.Arrived) = (null, null);
        return new LoadResult(took.Take((int)(load.FirstId + load.Sent - first)), Stopwatch.GetElapsedTime(began), 0);
    }
}
