using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Api.Tests.Cluster;

public sealed class SiloLossTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-loss-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Nobody subscribes after it and no silo starts, so nothing calls its grains but whoever notices that it is gone.</summary>
    [Fact]
    public async Task What_a_dead_silo_was_to_send_is_sent_by_another()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await using var sandbox = await SandboxHost.StartAsync(new SandboxOptions { Customers = 5, BucketSize = 1_000, LeakPerSecond = 500 }, Ct);
        await using var database = await PostgresServer.StartAsync(Ct);
        var options = new ClusterOptions
        {
            Folder = _folder,
            ConnectionString = await database.CreateDatabaseAsync(Ct),
            RechargeUrl = sandbox.RechargeUrl,
            OmetriaUrl = sandbox.OmetriaUrl,
            Apis = 1,
        };
        await using var cluster = await ProductCluster.StartAsync(options, Ct);
        var (first, second) = (cluster.Silos[0], cluster.Silos[1]);
        // Everything lives on the first one then.
        await second.Process.StopAsync();
        var connection = await ProductSetup.ConnectAsync(cluster, sandbox, customEvents: [EventFact.Created]);
        await connection.WaitUntilActiveAsync(Patience);
        sandbox.Faults.Ometria.HoldRequests();
        sandbox.Store.CreateSubscription(sandbox.Store.Customers[0].Id);
        await sandbox.Webhooks.DrainAsync(Patience, Ct);
        await sandbox.Faults.Ometria.WaitForHeldAsync(1, Patience, Ct);
        await second.StartAgainAsync(Ct);

        await first.KillAsync();
        sandbox.Faults.Ometria.ReleaseRequests();

        await sandbox.Ometria.WaitForEventsAsync(events => events.Count > 0, Patience, Ct);
        connection.Administrator.Dispose();
    }
}
