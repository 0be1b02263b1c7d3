using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace RechargeGrains.Silo.Storage.Azure;

/// <summary>
/// Grain state, reminders and membership in Azure Tables. Orleans finds its providers by their names in the configuration, so that the packages
/// are there or not without this code knowing them: they are part of a build with <c>-p:AzureStorage=true</c>.
/// </summary>
public static partial class AzureStore
{
    /// <summary>The name by which Orleans knows the providers, for each of the three.</summary>
    private const string ProviderType = "AzureTableStorage";

    /// <summary>The provider below <see cref="AzureGrainStorage"/>.</summary>
    private const string Provider = "AzureTables";

    /// <summary>Whether this build has the packages.</summary>
    public static bool IsBuiltIn
    {
        get
        {
            var isBuiltIn = false;
            FindPackages(ref isBuiltIn);
            return isBuiltIn;
        }
    }

    /// <summary>Says where silos keep their list of each other. Before Orleans is added, for silos and clients.</summary>
    /// <param name="configuration">The program's; what it says under <c>Orleans</c> itself counts.</param>
    /// <param name="connectionString">Of the storage account.</param>
    public static void AddClustering(IConfigurationManager configuration, string connectionString) => Add(configuration, "Clustering", connectionString);

    /// <summary>Says where reminders and grain state are kept. Before Orleans is added, for silos.</summary>
    /// <inheritdoc cref="AddClustering" path="/param"/>
    public static void AddStorage(IConfigurationManager configuration, string connectionString)
    {
        Add(configuration, "Reminders", connectionString);
        Add(configuration, $"GrainStorage:{Provider}", connectionString);
    }

    /// <summary>
    /// Makes it the default storage provider, also by the name <c>Default</c>.
    /// Needs <see cref="Grains.Security.SecretProtectionServiceCollectionExtensions.AddSecretProtection"/>.
    /// </summary>
    public static ISiloBuilder AddAzureStorage(this ISiloBuilder builder)
    {
        var services = builder.Services;
        services.AddMetrics();
        services.AddSingleton<StorageMetrics>();
        services.AddEncryptedState();
        services.AddKeyedSingleton<IGrainStorageSerializer>(Provider, new SealedState.Serializer());
        services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, _) => ActivatorUtilities.CreateInstance<AzureGrainStorage>(
            provider, provider.GetRequiredKeyedService<IGrainStorage>(Provider)));
        SetOptions(services, Provider);
        return builder;
    }

    private static void Add(IConfigurationManager configuration, string section, string connectionString)
    {
        var key = $"Orleans:{section}";
        if (configuration.GetSection(key).Exists())
            return;
        configuration.AddInMemoryCollection(
        [
            new($"{key}:ProviderType", ProviderType),
            new($"{key}:ConnectionString", connectionString),
            new($"{key}:SerializerKey", Provider),
        ]);
    }

    /// <summary>There only in a build with the packages.</summary>
    static partial void FindPackages(ref bool isBuiltIn);

    /// <summary>What cannot be said in the configuration.</summary>
    static partial void SetOptions(IServiceCollection services, string provider);
}
