namespace RechargeGrains.Api.Tests.Cluster;

public sealed class FrontDoorTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-door-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_silo_that_was_not_told_learns_from_the_Api_where_webhooks_go()
    {
        await using var sandbox = await SandboxHost.StartAsync(new SandboxOptions { Customers = 5, BucketSize = 1_000, LeakPerSecond = 500 }, Ct);
        var silo = new ProductSettings { Folder = Path.Combine(_folder, "silo"), RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = sandbox.OmetriaUrl, Program = "RechargeGrains.Silo.dll" };
        silo.Environment["Hosting__MonitorUrl"] = silo.Url;
        await using var silos = await ProductProcess.StartAsync(silo, Ct);
        var client = new ProductSettings { Folder = Path.Combine(_folder, "api"), RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = sandbox.OmetriaUrl, GatewayPort = silo.GatewayPort };
        client.Environment["Hosting__EmbeddedSilo"] = "false";
        await using var api = await ProductProcess.StartAsync(client, Ct);

        var connection = await ProductSetup.ConnectAsync(api, sandbox);
        await connection.WaitUntilActiveAsync(Patience);
        sandbox.Store.CreateSubscription(sandbox.Store.Customers[0].Id);

        await sandbox.Ometria.WaitForEventsAsync(events => events.Any(told => told.EventType == "subscription_created"), Patience, Ct);
        Assert.All(sandbox.Webhooks.Registrations, webhook => Assert.StartsWith($"{client.Url}/hooks/", webhook.Address, StringComparison.Ordinal));
        connection.Administrator.Dispose();
    }
}
