using System.Security.Cryptography;
using RechargeGrains.Api.Tests.Cluster;

namespace RechargeGrains.Api.Tests.Security;

public sealed class KeyRotationTests : IDisposable
{
    private const string Setting = "Security__MasterKey";

    /// <summary>The product says so when no older key is needed any more.</summary>
    private const string Done = "nothing needs any but the first";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-rotation-").FullName;
    private readonly string _old = NewKey();
    private readonly string _new = NewKey();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task After_a_start_with_a_new_key_in_front_the_old_one_can_be_taken_away()
    {
        await using var sandbox = await SandboxHost.StartAsync(new SandboxOptions { Customers = 30, BucketSize = 1_000, LeakPerSecond = 500 }, Ct);
        var settings = new ProductSettings { Folder = _folder, RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = sandbox.OmetriaUrl };
        settings.Environment[Setting] = _old;
        ProductSetup connection;
        await using (var product = await ProductProcess.StartAsync(settings, Ct))
        {
            connection = await ProductSetup.ConnectAsync(product, sandbox);
            await connection.WaitUntilActiveAsync(Patience);
            await product.StopAsync();
        }

        settings.Environment[Setting] = $"{_new},{_old}";
        await using (var product = await ProductProcess.StartAsync(settings, Ct))
        {
            await WaitForLogAsync(product, Done);
            await product.StopAsync();
        }

        settings.Environment[Setting] = _new;
        await using (var product = await ProductProcess.StartAsync(settings, Ct))
        {
            var before = sandbox.Ometria.DistinctEvents;
            sandbox.Store.CreateSubscription(sandbox.Store.Customers[0].Id);
            await sandbox.Ometria.WaitForEventsAsync(events => events.Count > before, Patience, Ct);
            Assert.Equal("active", (string?)(await connection.StatusAsync())["state"]);
            Assert.DoesNotContain("SecretUnreadable", await ReadLogAsync(product), StringComparison.Ordinal);
        }

        connection.Administrator.Dispose();
    }

    /// <summary>Known to all silos first, then in front on all of them, then alone: each time they are restarted one by one under load.</summary>
    [Fact]
    public async Task In_a_cluster_keys_are_rotated_without_a_refused_webhook()
    {
        await using var life = await ClusterLife.StartAsync(_folder);
        var first = life.Cluster.Silos[0].Process.Settings.Environment[Setting];
        life.Begin();
        foreach (var keys in new[] { $"{first},{_new}", $"{_new},{first}", _new })
        {
            foreach (var silo in life.Cluster.Silos)
            {
                silo.Process.Settings.Environment[Setting] = keys;
                Assert.Equal(0, await silo.RestartAsync(ct: Ct));
                if (keys != _new)
                    await WaitForLogAsync(silo.Process, Done);
            }
        }

        Assert.Empty(await life.EndAsync());
        life.AssertTakenAtOnce();
        foreach (var node in life.Cluster.Nodes)
            Assert.DoesNotContain("SecretUnreadable", await ReadLogAsync(node.Process), StringComparison.Ordinal);
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>Of the latest start: the file has the lines of all.</summary>
    private static async Task WaitForLogAsync(ProductProcess product, string words)
    {
        var begun = TimeProvider.System.GetTimestamp();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await pace.WaitForNextTickAsync(Ct))
        {
            var log = await ReadLogAsync(product);
            if (log.LastIndexOf(words, StringComparison.Ordinal) > log.LastIndexOf("Application started", StringComparison.Ordinal))
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"'{words}' was not logged.");
        }
    }

    private static async Task<string> ReadLogAsync(ProductProcess product)
    {
        await using var file = new FileStream(product.LogFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return await reader.ReadToEndAsync(Ct);
    }
}
