using OpenTelemetry.Metrics;

namespace RechargeGrains.Api.Health;

/// <summary>What Prometheus reads: the product's own meters, Orleans' and the web host's.</summary>
internal static class Metrics
{
    public static void AddPrometheus(this WebApplicationBuilder builder) => builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
        .AddMeter("RechargeGrains.*", "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "System.Runtime")
        .AddPrometheusExporter());

    public static void MapPrometheus(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").ExcludeFromDescription();
}
