using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Dashboard;

namespace RechargeGrains.Silo.Hosting;

public static class ClientHosting
{
    /// <summary>Adds a client of a silo that runs in another process on this machine, from the settings <c>Cluster</c>.</summary>
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static IHostApplicationBuilder AddRechargeClient(this IHostApplicationBuilder builder)
    {
        var cluster = SiloHosting.SettingsOf<ClusterSettings>(builder.Configuration, ClusterSettings.Section);
        cluster.Check();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.UseOrleansClient(client => client
            .UseLocalhostClustering(cluster.GatewayPort, cluster.ServiceId, cluster.ClusterId)
            .AddDashboard(dashboard => dashboard.HideTrace = true));
        return builder;
    }
}
