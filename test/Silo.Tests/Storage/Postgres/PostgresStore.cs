using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;
using RechargeGrains.Grains.Security;
using RechargeGrains.Silo.Storage.Postgres;

namespace RechargeGrains.Silo.Tests.Storage.Postgres;

/// <summary>A silo on a database, for what it registers.</summary>
internal sealed class PostgresStore : IAsyncDisposable
{
    // One key for all, so that what one silo wrote another can read.
    private static readonly MasterKeys Keys = MasterKeys.Parse(Convert.ToBase64String(new byte[MasterKeys.KeyBytes]));

    private readonly InProcessTestCluster _cluster;

    private PostgresStore(InProcessTestCluster cluster) => _cluster = cluster;

    public IGrainStorage Grains => _cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>("Default");

    public IReminderTable Reminders => _cluster.Silos[0].ServiceProvider.GetRequiredService<IReminderTable>();

    public IGrainFactory Client => _cluster.Client;

    public static async Task<PostgresStore> OpenAsync(string connectionString, short silos = 1)
    {
        var builder = new InProcessTestClusterBuilder(silos);
        builder.Options.ServiceId = "recharge-grains";
        builder.Options.ClusterId = "test";
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSecretProtection(_ => Keys);
            silo.AddPostgresStorage(connectionString);
        });
        var cluster = builder.Build();
        try
        {
            await cluster.DeployAsync();
            return new PostgresStore(cluster);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();
}
