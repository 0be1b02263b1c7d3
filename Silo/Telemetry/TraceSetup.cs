using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Trace;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Silo.Telemetry;

/// <summary>Traces, sent to an OpenTelemetry collector. Without one nothing of this is added, so that it costs nothing.</summary>
internal static class TraceSetup
{
    private const string OrleansCalls = "Microsoft.Orleans.Application";

    /// <summary>What is worth a trace. Pages hold a connection open for hours.</summary>
    private static readonly PathString[] Traced = ["/hooks", "/api"];

    public static void AddTraces(this OpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        var settings = TelemetrySettings.Of(configuration);
        if (!TelemetrySettings.HasCollector(configuration))
            return;
        // The headers of strangers are read by nobody else either.
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        telemetry.WithTracing(traces => traces
            .SetSampler(new ParentBasedSampler(new BeginningSampler(settings.TraceRatio)))
            .AddSource(Tracing.SourceName, OrleansCalls)
            .AddAspNetCoreInstrumentation(requests => requests.Filter = context => Array.Exists(Traced, path => context.Request.Path.StartsWithSegments(path)))
            .AddHttpClientInstrumentation()
            .AddProcessor(new SecrecyProcessor())
            .AddOtlpExporter());
    }

    /// <summary>Has calls between grains carry the trace they belong to.</summary>
    public static ISiloBuilder AddTraces(this ISiloBuilder silo, IConfiguration configuration) =>
        TelemetrySettings.HasCollector(configuration) ? silo.AddActivityPropagation() : silo;

    /// <inheritdoc cref="AddTraces(ISiloBuilder, IConfiguration)"/>
    public static IClientBuilder AddTraces(this IClientBuilder client, IConfiguration configuration) =>
        TelemetrySettings.HasCollector(configuration) ? client.AddActivityPropagation() : client;
}
