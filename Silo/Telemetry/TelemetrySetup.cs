using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using RechargeGrains.Health;
using RechargeGrains.Silo.Health;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Silo.Telemetry;

public static class TelemetrySetup
{
    private const string ServiceName = "recharge-grains";

    public const string MetricsPath = "/metrics";

    /// <summary>
    /// Adds what tells how the program fares: health, metrics for Prometheus, traces for a collector if there is one, and the monitor's
    /// listener if <c>Hosting:MonitorUrl</c> names one. To be called before anything else that starts.
    /// </summary>
    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (MonitorUrl.Of(builder.Configuration) is { } url)
            builder.Services.AddHostedService(services => new MonitorServer(url, services, services.GetRequiredService<ILoggerFactory>()));
        builder.Services.AddSingleton(services => new StoreProbe(
            () => services.GetRequiredService<IGrainFactory>().GetGrain<IStoreProbeGrain>(0).CheckAsync(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<StoreProbe>>()));
        builder.Services.AddSingleton(services => new Readiness(
            services.GetRequiredService<IHostApplicationLifetime>(), services.GetRequiredService<StoreProbe>(), services.GetRequiredService<IMeterFactory>()));
        builder.Services.AddSingleton<DistributedContextPropagator, OwnTracesPropagator>();
        var telemetry = builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter("RechargeGrains.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "System.Runtime")
            .AddPrometheusExporter());
        if (string.IsNullOrEmpty(builder.Configuration["OTEL_SERVICE_NAME"]))
            telemetry.ConfigureResource(resource => resource.AddService(ServiceName));
        telemetry.AddTraces(builder.Configuration);
        return builder;
    }
}
