using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Storage;
using RechargeGrains.Grains.Security;
using RechargeGrains.Silo.Storage;
using RechargeGrains.Silo.Storage.Sqlite;

namespace RechargeGrains.StorageCrash;

/// <summary>The embedded store as a silo would put it together, without the silo.</summary>
internal sealed class EmbeddedStore : IAsyncDisposable
{
    // One key for all, so that what one process wrote another can read.
    private static readonly MasterKeys Keys = MasterKeys.Parse(Convert.ToBase64String(new byte[MasterKeys.KeyBytes]));

    private readonly ServiceProvider _services;

    private EmbeddedStore(SqliteStorageOptions options)
    {
        var cluster = Options.Create(new ClusterOptions { ServiceId = "recharge-grains" });
        _services = new ServiceCollection().AddMetrics().AddLogging().AddSerializer().BuildServiceProvider();
        Store = ActivatorUtilities.CreateInstance<SqliteStore>(
            _services,
            new SqliteFile(options.ConnectionString, Environment.CurrentDirectory),
            options,
            ActivatorUtilities.CreateInstance<StorageMetrics>(_services));
        Grains = ActivatorUtilities.CreateInstance<SqliteGrainStorage>(
            _services,
            Store,
            new EncryptedStateSerializer(SecretProtector.ForState(Keys), _services.GetRequiredService<Serializer>()),
            TimeProvider.System,
            cluster.Value.ServiceId,
            _services.GetRequiredService<ILogger<SqliteGrainStorage>>());
        Reminders = new SqliteReminderTable(Store, cluster);
    }

    public SqliteStore Store { get; }

    public IGrainStorage Grains { get; }

    public IReminderTable Reminders { get; }

    public static Task<EmbeddedStore> OpenAsync(string path) =>
        OpenAsync(new SqliteStorageOptions { ConnectionString = $"Data Source={path}" });

    public static async Task<EmbeddedStore> OpenAsync(SqliteStorageOptions options)
    {
        var store = new EmbeddedStore(options);
        try
        {
            await store.Store.StartAsync(CancellationToken.None);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        await _services.DisposeAsync();
    }
}
