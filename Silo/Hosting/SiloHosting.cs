using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Dashboard;
using RechargeGrains.Grains;
using RechargeGrains.Grains.Connections;
using RechargeGrains.Grains.Security;
using RechargeGrains.Silo.Telemetry;

namespace RechargeGrains.Silo.Hosting;

public static class SiloHosting
{
    /// <summary>Requests that may wait for one grain. A grain that hot refuses more instead of letting all of them time out.</summary>
    private const int MaxWaitingRequests = 20_000;

    /// <summary>
    /// Adds a silo with everything the grains need, from the settings <c>Cluster</c>, <c>Storage</c>, <c>Security</c> and those of
    /// <see cref="GrainServices.AddRechargeGrains"/>.
    /// </summary>
    /// <exception cref="SettingsException">A setting is missing or wrong.</exception>
    public static IHostApplicationBuilder AddRechargeSilo(this IHostApplicationBuilder builder)
    {
        var cluster = SettingsOf<ClusterSettings>(builder.Configuration, ClusterSettings.Section);
        cluster.Check();
        var storage = SettingsOf<StorageSettings>(builder.Configuration, StorageSettings.Section);
        storage.Check();
        ClusterHosting.NameProviders(builder.Configuration, storage, isSilo: true);
        PlainHttp.Check(builder.Configuration, builder.Environment);
        var keys = MasterKeySource.Load(builder.Configuration, builder.Environment, storage);

        builder.Services.AddRechargeGrains();
        builder.Services.AddSecretProtection(_ => keys);
        builder.Services.AddSingleton(PublicAddressOf(builder.Configuration));
        builder.Services.AddHostedService<TenantWaker>();
        builder.Services.AddHostedService<KeyRotation>();
        builder.UseOrleans(silo =>
        {
            silo.AddStore(cluster, storage);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.MaxEnqueuedRequestsHardLimit = MaxWaitingRequests);
            // Traces are lines of the log, which may be about anything.
            silo.AddDashboard(dashboard =>
            {
                dashboard.HideTrace = true;
                // It adds up all activations each time.
                dashboard.CounterUpdateIntervalMs = 5_000;
            });
            silo.Services.AddHostedService<DashboardReader>();
            silo.AddTraces(builder.Configuration);
        });
        return builder;
    }

    /// <summary>For a silo alone, which cannot know by itself where webhooks are to be sent: asks the Apis, unless <c>PublicUrl</c> says it.</summary>
    public static IHostApplicationBuilder FindFrontDoor(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration["PublicUrl"]))
            builder.Services.AddHostedService<FrontDoorFinder>();
        return builder;
    }

    internal static T SettingsOf<T>(IConfiguration configuration, string section)
        where T : new()
    {
        try
        {
            return configuration.GetSection(section).Get<T>() ?? new T();
        }
        catch (InvalidOperationException failure)
        {
            throw new SettingsException($"{failure.Message.ReplaceLineEndings(" ")} Expected is a value of another type.");
        }
    }

    private static PublicAddress PublicAddressOf(IConfiguration configuration)
    {
        const string Key = "PublicUrl";
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text))
            return new PublicAddress();
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0
            ? new PublicAddress { Base = text }
            : throw new SettingsException($"{Key} is '{text}'; expected is the absolute http or https address that Recharge reaches us at.");
    }
}
