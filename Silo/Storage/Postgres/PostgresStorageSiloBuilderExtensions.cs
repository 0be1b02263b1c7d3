using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace RechargeGrains.Silo.Storage.Postgres;

public static class PostgresStorageSiloBuilderExtensions
{
    /// <summary>The name by which Orleans' providers know Npgsql.</summary>
    private const string Invariant = "Npgsql";

    private const string Provider = "AdoNet";

    /// <summary>
    /// Keeps grain state, reminders and the membership of the cluster in a PostgreSQL database: the default storage provider, also by the
    /// name <c>Default</c>, the reminder table, and the membership table. The tables are made and brought up to date before the silo starts.
    /// Needs <see cref="Grains.Security.SecretProtectionServiceCollectionExtensions.AddSecretProtection"/>.
    /// </summary>
    /// <exception cref="StorageStartException">The text is no connection string.</exception>
    public static ISiloBuilder AddPostgresStorage(this ISiloBuilder builder, string connectionString)
    {
        var services = builder.Services;
        services.AddDatabase(connectionString);
        services.AddMetrics();
        services.AddSingleton<StorageMetrics>();
        services.AddEncryptedState();
        services.AddSingleton<IResealable, PostgresResealer>();
        services.AddAdoNetGrainStorage(Provider, options => options.Configure<NpgsqlDataSource>((storage, source) =>
        {
            storage.Invariant = Invariant;
            storage.DataSource = source;
            storage.DeleteStateOnClear = true;
            storage.GrainStorageSerializer = new SealedState.Serializer();
            // As early as the embedded store: what starts after it may read.
            storage.InitStage = ServiceLifecycleStage.RuntimeStorageServices;
        }));
        services.AddSingleton<PostgresWriter>();
        services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, _) => ActivatorUtilities.CreateInstance<PostgresGrainStorage>(
            provider, ActivatorUtilities.CreateInstance<GroupedWrites>(provider, provider.GetRequiredKeyedService<IGrainStorage>(Provider))));
        builder.UseAdoNetReminderService(options => options.Configure<NpgsqlDataSource>((reminders, source) =>
        {
            reminders.Invariant = Invariant;
            reminders.DataSource = source;
        }));
        return builder.UseAdoNetClustering(options => options.Configure<NpgsqlDataSource>((clustering, source) =>
        {
            clustering.Invariant = Invariant;
            clustering.DataSource = source;
        }));
    }

    /// <summary>Finds silos by the membership table in a PostgreSQL database.</summary>
    /// <exception cref="StorageStartException">The text is no connection string.</exception>
    public static IClientBuilder UsePostgresClustering(this IClientBuilder builder, string connectionString)
    {
        builder.Services.AddDatabase(connectionString);
        return builder.UseAdoNetClustering(options => options.Configure<NpgsqlDataSource>((clustering, source) =>
        {
            clustering.Invariant = Invariant;
            clustering.DataSource = source;
        }));
    }

    private static void AddDatabase(this IServiceCollection services, string connectionString)
    {
        var source = PostgresConnection.Create(connectionString);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(_ => source);
        services.AddHostedService<PostgresStart>();
    }
}
