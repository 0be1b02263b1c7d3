using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Dashboard;
using RechargeGrains.Silo.Telemetry;

namespace RechargeGrains.Silo.Hosting;

public static class ClientHosting
{
    /// <summary>
    /// How soon a new silo is known here. In a rolling restart the next one leaves some seconds after; with Orleans' minute there would be a
    /// time when every silo that is known is gone, and calls would wait in vain.
    /// </summary>
    private static readonly TimeSpan LookForSilosEvery = TimeSpan.FromSeconds(5);

    /// <summary>Adds a client of silos that run in other processes, from the settings <c>Cluster</c> and <c>Storage</c>.</summary>
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static IHostApplicationBuilder AddRechargeClient(this IHostApplicationBuilder builder)
    {
        var cluster = SiloHosting.SettingsOf<ClusterSettings>(builder.Configuration, ClusterSettings.Section);
        cluster.Check();
        var storage = SiloHosting.SettingsOf<StorageSettings>(builder.Configuration, StorageSettings.Section);
        storage.Check();
        ClusterHosting.NameProviders(builder.Configuration, storage, isSilo: false);
        PlainHttp.Check(builder.Configuration, builder.Environment);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client =>
        {
            client.FindSilos(cluster, storage);
            client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = LookForSilosEvery);
            client.AddTraces(builder.Configuration);
            client.AddDashboard(dashboard =>
            {
                dashboard.HideTrace = true;
                // It adds up all activations each time.
                dashboard.CounterUpdateIntervalMs = 5_000;
            });
        });
        return builder;
    }
}
