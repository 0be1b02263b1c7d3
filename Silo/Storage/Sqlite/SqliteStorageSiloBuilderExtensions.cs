using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;

namespace RechargeGrains.Silo.Storage.Sqlite;

public static class SqliteStorageSiloBuilderExtensions
{
    /// <summary>
    /// Keeps grain state and reminders in a SQLite file: the default storage provider, also by the name
    /// <c>Default</c>, and the reminder table. For a single silo; a second one on the same file is refused at start.
    /// Needs <see cref="Grains.Security.SecretProtectionServiceCollectionExtensions.AddSecretProtection"/>.
    /// </summary>
    public static ISiloBuilder AddSqliteStorage(this ISiloBuilder builder, Action<SqliteStorageOptions> configure)
    {
        var services = builder.Services;
        services.AddOptions<SqliteStorageOptions>().Configure(configure).ValidateOnStart();
        if (services.Any(service => service.ServiceType == typeof(SqliteStore)))
            return builder;

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteStorageOptions>, SqliteStorageOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddSingleton<StorageMetrics>();
        services.AddSingleton(CreateFile);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SqliteStore>(
            provider, provider.GetRequiredService<IOptions<SqliteStorageOptions>>().Value));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(provider => provider.GetRequiredService<SqliteStore>());
        services.AddEncryptedState();
        services.AddSingleton<IResealable, SqliteResealer>();
        services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, _) => CreateStorage(provider));
        services.AddSingleton<IReminderTable, SqliteReminderTable>();
        return builder.AddReminders();
    }

    private static SqliteFile CreateFile(IServiceProvider provider) => new(
        provider.GetRequiredService<IOptions<SqliteStorageOptions>>().Value.ConnectionString,
        provider.GetService<IHostEnvironment>()?.ContentRootPath ?? Environment.CurrentDirectory);

    private static SqliteGrainStorage CreateStorage(IServiceProvider provider) => ActivatorUtilities.CreateInstance<SqliteGrainStorage>(
        provider, provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId);
}
