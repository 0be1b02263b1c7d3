using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using RechargeGrains.Silo.Storage.Azure;
using RechargeGrains.Silo.Storage.Postgres;
using RechargeGrains.Silo.Storage.Sqlite;

namespace RechargeGrains.Silo.Hosting;

/// <summary>How silos and clients find each other and where grains keep their state: both follow from <c>Storage:Provider</c>.</summary>
internal static class ClusterHosting
{
    /// <summary>
    /// A silo is not started beside one that it cannot reach, unless that one has said nothing for three times as long. After all of them were killed and come
    /// back under other addresses this is what the start waits for; with Orleans' half minute it waited for more than two.
    /// </summary>
    private static readonly TimeSpan SayAliveEvery = TimeSpan.FromSeconds(10);

    /// <summary>
    /// For so long, counted from when it was last heard of, a dead silo's grains start nowhere else. Finding out that it is dead takes longer, so nobody
    /// waits for it; it is for one that is only cut off, and which others would declare dead sooner.
    /// </summary>
    private static readonly TimeSpan StaysWithDead = TimeSpan.FromSeconds(10);

    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static void AddStore(this ISiloBuilder silo, ClusterSettings cluster, StorageSettings storage)
    {
        var address = AddressOf(cluster, storage);
        if (storage.Is(StorageSettings.Sqlite))
        {
            silo.UseLocalhostClustering(cluster.SiloPort, cluster.GatewayPort, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId);
            silo.AddSqliteStorage(options => options.ConnectionString = storage.Connection);
        }
        else if (storage.Is(StorageSettings.Postgres))
        {
            silo.AddPostgresStorage(storage.Connection);
        }
        else
        {
            silo.AddAzureStorage();
        }

        silo.Services.Configure<ClusterOptions>(options => SetIds(options, cluster));
        silo.Services.AddExceptionsOnTheWire();
        silo.Configure<ClusterMembershipOptions>(membership => membership.IAmAliveTablePublishTimeout = SayAliveEvery);
        // Orleans calls it an experiment. Its older directory lets a grain live twice for a moment while silos come and go: docs/adr/0026.
#pragma warning disable ORLEANSEXP003
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = StaysWithDead);
        // Where it is reached is also where it listens, and nowhere else, unless it is told to: whoever reaches these ports is inside.
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.AdvertisedIPAddress = address;
            endpoints.SiloPort = cluster.SiloPort;
            endpoints.GatewayPort = cluster.GatewayPort;
            if (ListenAddressOf(cluster) is not { } listen)
                return;
            endpoints.SiloListeningEndpoint = new IPEndPoint(listen, cluster.SiloPort);
            endpoints.GatewayListeningEndpoint = new IPEndPoint(listen, cluster.GatewayPort);
        });
    }

    /// <summary>What Orleans itself reads from the configuration; before it is added.</summary>
    public static void NameProviders(IConfigurationManager configuration, StorageSettings storage, bool isSilo)
    {
        if (!storage.Is(StorageSettings.AzureStorage))
            return;
        AzureStore.AddClustering(configuration, storage.Connection);
        if (isSilo)
            AzureStore.AddStorage(configuration, storage.Connection);
    }

    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static void FindSilos(this IClientBuilder client, ClusterSettings cluster, StorageSettings storage)
    {
        if (storage.Is(StorageSettings.Sqlite))
            client.UseLocalhostClustering(cluster.GatewayPort, cluster.ServiceId, cluster.ClusterId);
        else if (storage.Is(StorageSettings.Postgres))
            client.UsePostgresClustering(storage.Connection);
        client.Services.Configure<ClusterOptions>(options => SetIds(options, cluster));
        client.Services.AddExceptionsOnTheWire();
    }

    /// <summary>Lets exceptions of ours and of the database reach callers in other processes as what they are, with their words.</summary>
    internal static void AddExceptionsOnTheWire(this IServiceCollection services) => services.Configure<ExceptionSerializationOptions>(options =>
    {
        options.SupportedNamespacePrefixes.Add(nameof(RechargeGrains));
        options.SupportedNamespacePrefixes.Add(nameof(Npgsql));
    });

    private static IPAddress AddressOf(ClusterSettings cluster, StorageSettings storage)
    {
        var listen = ListenAddressOf(cluster);
        var address = listen is null ? NodeAddress.Resolve(cluster.Address) : NodeAddress.ResolveForeign(cluster.Address);
        if (!storage.Is(StorageSettings.Sqlite) || IPAddress.IsLoopback(listen ?? address))
            return address;
        var (key, value) = listen is null ? ("Address", cluster.Address) : ("ListenAddress", cluster.ListenAddress);
        throw new SettingsException($"Cluster:{key} is '{value}'; expected with Storage:Provider '{StorageSettings.Sqlite}', which is for one machine, is loopback.");
    }

    private static IPAddress? ListenAddressOf(ClusterSettings cluster) =>
        string.IsNullOrWhiteSpace(cluster.ListenAddress) ? null : IPAddress.Parse(cluster.ListenAddress);

    private static void SetIds(ClusterOptions options, ClusterSettings cluster)
    {
        options.ServiceId = cluster.ServiceId;
        options.ClusterId = cluster.ClusterId;
    }
}
