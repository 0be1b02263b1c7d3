using Orleans.TestingHost;
using RechargeGrains.Grains.Security;
using RechargeGrains.Silo.Storage;
using RechargeGrains.Silo.Storage.Sqlite;

namespace RechargeGrains.Silo.Tests.Storage.Sqlite;

public sealed class SqliteSiloTests : IDisposable
{
    private static readonly MasterKeys Keys = MasterKeys.Parse(Convert.ToBase64String(new byte[MasterKeys.KeyBytes]));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Grains_keep_state_records_and_reminders_over_a_restart()
    {
        await using (var cluster = await StartAsync())
        {
            var ledger = cluster.Client.GetGrain<ILedgerGrain>("acme");
            await ledger.AddAsync("first");
            await ledger.AddAsync("second");
            await ledger.RemindAsync();
        }

        var file = await File.ReadAllTextAsync(_folder.File("grains.db"), System.Text.Encoding.Latin1, TestContext.Current.CancellationToken);
        Assert.Contains("ledger/acme", file, StringComparison.Ordinal);
        Assert.DoesNotContain("second", file, StringComparison.Ordinal);

        await using var again = await StartAsync();
        var restarted = again.Client.GetGrain<ILedgerGrain>("acme");
        Assert.Equal(["first", "second"], await restarted.ReadAsync());
        Assert.True(await restarted.HasReminderAsync());
    }

    [Fact]
    public async Task A_second_silo_on_the_same_file_does_not_start()
    {
        await using var first = await StartAsync();
        await Assert.ThrowsAsync<StorageStartException>(StartAsync);
    }

    private async Task<InProcessTestCluster> StartAsync()
    {
        var builder = new InProcessTestClusterBuilder(initialSilosCount: 1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSecretProtection(_ => Keys);
            silo.AddSqliteStorage(options => options.ConnectionString = $"Data Source={_folder.File("grains.db")}");
        });
        builder.Options.ServiceId = "recharge-grains";
        var cluster = builder.Build();
        try
        {
            await cluster.DeployAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }
}
