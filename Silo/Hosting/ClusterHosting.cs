using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Serialization;
using RechargeGrains.Silo.Storage.Postgres;
using RechargeGrains.Silo.Storage.Sqlite;

namespace RechargeGrains.Silo.Hosting;

/// <summary>How silos and clients find each other and where grains keep their state: both follow from <c>Storage:Provider</c>.</summary>
internal static class ClusterHosting
{
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static void AddStore(this ISiloBuilder silo, ClusterSettings cluster, StorageSettings storage)
    {
        var address = AddressOf(cluster, storage);
        if (storage.Is(StorageSettings.Sqlite))
        {
            silo.UseLocalhostClustering(cluster.SiloPort, cluster.GatewayPort, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId);
            silo.AddSqliteStorage(options => options.ConnectionString = storage.Connection);
        }
        else
        {
            silo.AddPostgresStorage(storage.Connection);
        }

        silo.Services.Configure<ClusterOptions>(options => SetIds(options, cluster));
        silo.Services.AddExceptionsOnTheWire();
        // Where it is reached is also where it listens, and nowhere else: whoever reaches these ports is inside.
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.AdvertisedIPAddress = address;
            endpoints.SiloPort = cluster.SiloPort;
            endpoints.GatewayPort = cluster.GatewayPort;
        });
    }

    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static void FindSilos(this IClientBuilder client, ClusterSettings cluster, StorageSettings storage)
    {
        if (storage.Is(StorageSettings.Sqlite))
            client.UseLocalhostClustering(cluster.GatewayPort, cluster.ServiceId, cluster.ClusterId);
        else
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
        var address = NodeAddress.Resolve(cluster.Address);
        return IPAddress.IsLoopback(address) || !storage.Is(StorageSettings.Sqlite)
            ? address
            : throw new SettingsException($"Cluster:Address is '{cluster.Address}'; expected with Storage:Provider '{StorageSettings.Sqlite}', which is for one machine, is loopback.");
    }

    private static void SetIds(ClusterOptions options, ClusterSettings cluster)
    {
        options.ServiceId = cluster.ServiceId;
        options.ClusterId = cluster.ClusterId;
    }
}
