using RechargeGrains.Benchmarks.Load;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>
/// Growing customers: bytes stored for each and for each event, memory, and what an event costs when few are known and when many are.
/// </summary>
internal static class SizeMeasure
{
    private const int Retailers = 20;
    private const int Connections = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<MeasureTable> RunAsync(Store store, MeasureTime time, int few, int many, CancellationToken ct)
    {
        var table = new MeasureTable("what", "figure");
        var settings = new Dictionary<string, string> { ["Ometria__PushesPerSecond"] = "1000" };
        await using var product = await BenchProduct.StartAsync(store, Retailers, settings, ct: ct);
        var first = await CostAsync(product, few, 5_000_000_000, time, ct);
        await product.RestartAsync(ct);
        var empty = await BytesAsync(product, ct);

        var crowd = new WebhookLoad(product.Hooks, many, firstCustomer: 4_000_000_000, firstId: 4_000_000_000);
        await crowd.RunAsync(Connections, many, ct);
        await product.Ometria.WaitForEventsAsync(crowd.Sent, Patience, ct);
        table.Add(string.Create(CultureInfo.InvariantCulture, $"memory with {many:#,0} customers just heard of"), Words.Megabytes(product.Process.WorkingSet));
        table.Add("records written for each of them, up to Ometria's acceptance", Words.Rate(await product.OperationsAsync(ct) / many));
        var full = await BytesAsync(product, ct);
        table.Add("bytes for each customer with one subscription and its event", Words.Bytes((full - empty) / (double)many));
        table.Add("memory after a start", Words.Megabytes(product.Process.WorkingSet));

        var before = crowd.Sent;
        await crowd.RunAsync(Connections, many / 5, ct);
        await product.Ometria.WaitForEventsAsync(crowd.Sent, Patience, ct);
        table.Add("records written for each further event", Words.Rate(await product.OperationsAsync(ct) / (crowd.Sent - before)));
        table.Add("bytes for each further event", Words.Bytes((await BytesAsync(product, ct) - full) / (double)(crowd.Sent - before)));

        var later = await CostAsync(product, few, 6_000_000_000, time, ct);
        table.Add(string.Create(CultureInfo.InvariantCulture, $"processor time of a webhook, {few:#,0} customers known"), Words.Microseconds(first));
        table.Add(string.Create(CultureInfo.InvariantCulture, $"processor time of a webhook, {few + many:#,0} customers known"), Words.Microseconds(later));
        table.Add("growth", Words.Percent((later / first) - 1));
        return table;
    }

    /// <summary>Of as many customers each time, so that all that differs is how many others there are.</summary>
    private static async Task<double> CostAsync(BenchProduct product, int customers, long firstId, MeasureTime time, CancellationToken ct)
    {
        // Others each time: whoever was met before has more subscriptions by then, and a larger record.
        var load = new WebhookLoad(product.Hooks, customers, firstCustomer: firstId, firstId: firstId);
        await load.RunForAsync(Connections, time.WarmUp, ct);
        var (before, sent) = (product.Process.ProcessorTime, load.Sent);
        await load.RunForAsync(Connections, time.Measured, ct);
        return (product.Process.ProcessorTime - before).TotalMicroseconds / (load.Sent - sent);
    }

    private static async Task<long> BytesAsync(BenchProduct product, CancellationToken ct)
    {
        await product.RestartAsync(ct);
        return await product.StoredBytesAsync(ct);
    }
}
