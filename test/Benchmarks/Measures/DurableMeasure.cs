using RechargeGrains.Benchmarks.Load;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;
using RechargeGrains.Benchmarks.Yardsticks;
using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>Webhooks that are answered 200, and so are durable, for a number of connections; beside them both yardsticks.</summary>
internal static class DurableMeasure
{
    private const int Retailers = 20;
    private const int Customers = 100_000;
    private const int WarmUpConnections = 64;

    public static async Task<MeasureTable> RunAsync(Store store, MeasureTime time, CancellationToken ct) => (await MeasureAsync(store, time, Customers, ct)).ToTable();

    public static async Task<DurableResult> MeasureAsync(Store store, MeasureTime time, int customers, CancellationToken ct) => new(
        Bare: await BareAsync(time, ct), WriteEach: await WriteEachAsync(store, time, ct), Product: await ProductAsync(store, time, customers, ct));

    private static async Task<Dictionary<int, LoadResult>> ProductAsync(Store store, MeasureTime time, int customers, CancellationToken ct)
    {
        await using var product = await BenchProduct.StartAsync(store, Retailers, ct: ct);
        var load = new WebhookLoad(product.Hooks, customers);
        // Everybody is known then, as most of those are who are heard of.
        await load.RunAsync(WarmUpConnections, customers, ct);
        return await RunAsync(load, time, ct);
    }

    private static async Task<Dictionary<int, LoadResult>> BareAsync(MeasureTime time, CancellationToken ct)
    {
        await using var yardstick = await YardstickProcess.StartAsync(YardstickProgram.Bare, "none", ct);
        var load = new WebhookLoad([yardstick.Hook], Customers);
        await load.RunForAsync(WarmUpConnections, time.WarmUp, ct);
        return await RunAsync(load, time, ct);
    }

    private static async Task<Dictionary<int, LoadResult>> WriteEachAsync(Store store, MeasureTime time, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("recharge-grains-yardstick-").FullName;
        await using var database = store == Store.Postgres ? await PostgresServer.StartAsync(isDurable: true, ct) : null;
        try
        {
            var connectionString = database is null ? $"Data Source={Path.Combine(folder, "yardstick.db")};Default Timeout=60" : await database.CreateDatabaseAsync(ct);
            await using var yardstick = await YardstickProcess.StartAsync(
                database is null ? YardstickProgram.WriteEachSqlite : YardstickProgram.WriteEachPostgres, connectionString, ct);
            var load = new WebhookLoad([yardstick.Hook], Customers);
            await load.RunForAsync(WarmUpConnections, time.WarmUp, ct);
            return await RunAsync(load, time, ct);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Dictionary<int, LoadResult>> RunAsync(WebhookLoad load, MeasureTime time, CancellationToken ct)
    {
        var results = new Dictionary<int, LoadResult>();
        foreach (var connections in time.Connections)
            results[connections] = await load.RunForAsync(connections, time.Measured, ct);
        return results;
    }
}
