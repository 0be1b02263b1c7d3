using System.Diagnostics;
using System.Text.Json.Nodes;
using RechargeGrains.Benchmarks.Load;
using RechargeGrains.Benchmarks.Product;
using RechargeGrains.Benchmarks.Report;
using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Benchmarks.Measures;

/// <summary>Six o'clock in a cluster: two silos and two front doors on one database.</summary>
internal static class ClusterMeasure
{
    private const int Connections = 32;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    public static async Task<MeasureTable> RunAsync(int retailers, int contactsOfEach, CancellationToken ct)
    {
        var table = new MeasureTable("what", "figure");
        var contacts = (long)retailers * contactsOfEach;
        var folder = Directory.CreateTempSubdirectory("recharge-grains-bench-");
        try
        {
            await using var database = await PostgresServer.StartAsync(isDurable: true, ct);
            await using var sandbox = await SandboxHost.StartAsync(new SandboxOptions { Customers = 0, KeepsDeliveries = false }, ct);
            await using var ometria = await OmetriaDouble.StartAsync(ct);
            var options = new ClusterOptions
            {
                Folder = folder.FullName,
                ConnectionString = await database.CreateDatabaseAsync(ct),
                RechargeUrl = sandbox.RechargeUrl,
                OmetriaUrl = ometria.Url,
                Environment = new Dictionary<string, string> { [DailyHour.Setting] = DailyHour.InTwoHours, ["Quotas__WebhooksPerSecond"] = "100000" },
            };
            await using var cluster = await ProductCluster.StartAsync(options, ct);
            var connected = await Retailer.ConnectAsync(sandbox, retailers, (name, keys) => ProductSetup.ConnectAsync(cluster, sandbox, name, customEvents: [], keys), ct);
            var filled = await new WebhookLoad([.. connected.Select(retailer => retailer.Hook)], contacts).RunAsync(Connections, contacts, ct);
            table.Add("silos, front doors", $"{cluster.Silos.Count}, {cluster.Apis.Count}");
            table.Add("retailers", $"{retailers:#,0}");
            table.Add("contacts that have changed", string.Create(CultureInfo.InvariantCulture, $"{filled.Count:#,0}"));

            var hour = DailyHour.Soon(TimeSpan.FromMinutes(2));
            foreach (var node in cluster.Nodes)
            {
                node.Process.Settings.Environment[DailyHour.Setting] = DailyHour.Of(hour);
                await node.RestartAsync(ct: ct);
            }

            table.Add("ready before the hour", Words.Seconds(hour - DateTimeOffset.UtcNow));
            await Task.Delay(hour - DateTimeOffset.UtcNow, ct);
            var memory = cluster.Silos.Select(silo => silo.Process.WorkingSet).ToList();
            var began = Stopwatch.GetTimestamp();
            using var pace = new PeriodicTimer(BetweenLooks);
            while (ometria.Contacts < contacts && Stopwatch.GetElapsedTime(began) < Patience && await pace.WaitForNextTickAsync(ct))
                memory = [.. memory.Zip(cluster.Silos, (most, silo) => Math.Max(most, silo.Process.WorkingSet))];
            table.Add("contacts at Ometria", string.Create(CultureInfo.InvariantCulture, $"{ometria.Contacts:#,0}"));
            table.Add("after the hour", Words.Seconds(Stopwatch.GetElapsedTime(began)));
            table.Add("memory at most, each silo", string.Join(", ", memory.Select(Words.Megabytes)));
            var (first, last) = await RunsAsync(cluster, connected, hour, ct);
            table.Add("the first retailer's run is over after", Words.Seconds(first));
            table.Add("the last retailer's run is over after", Words.Seconds(last));
            return table;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What the product itself says of each retailer's run, once it is over.</summary>
    private static async Task<(TimeSpan First, TimeSpan Last)> RunsAsync(ProductCluster cluster, IReadOnlyList<Retailer> retailers, DateTimeOffset hour, CancellationToken ct)
    {
        using var staff = new ProductClient(cluster.Address, cluster.OperatorToken);
        var finished = new List<TimeSpan>();
        foreach (var retailer in retailers)
        {
            var status = await staff.WaitForAsync(retailer.ConnectionPath, status => FinishedAt(status) >= hour, Patience, ct);
            finished.Add(FinishedAt(status)!.Value - hour);
        }

        return (finished.Min(), finished.Max());

        static DateTimeOffset? FinishedAt(JsonNode status) => (DateTimeOffset?)status["lastDailySync"]?["finishedAt"];
    }
}
