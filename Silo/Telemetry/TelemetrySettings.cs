using Microsoft.Extensions.Configuration;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Silo.Telemetry;

/// <summary>Settings under <c>Telemetry</c>, and whether there is anybody to send traces to.</summary>
public sealed class TelemetrySettings
{
    public const string Section = "Telemetry";

    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";

    /// <summary>Part of the requests that is traced, 0 to 1. Default 0.05. What a traced webhook causes is traced too.</summary>
    public double TraceRatio { get; set; } = 0.05;

    /// <exception cref="SettingsException">A value makes no sense.</exception>
    internal static TelemetrySettings Of(IConfiguration configuration)
    {
        var settings = SiloHosting.SettingsOf<TelemetrySettings>(configuration, Section);
        return settings.TraceRatio is >= 0 and <= 1
            ? settings
            : throw new SettingsException(FormattableString.Invariant($"{Section}:{nameof(TraceRatio)} is {settings.TraceRatio}; expected is a number from 0 to 1."));
    }

    /// <summary>Where there is no collector, there are no traces.</summary>
    /// <exception cref="SettingsException">The collector's address is none.</exception>
    internal static bool HasCollector(IConfiguration configuration)
    {
        var found = false;
        foreach (var key in new[] { Endpoint, TracesEndpoint })
        {
            if (string.IsNullOrWhiteSpace(configuration[key]))
                continue;
            if (!Uri.TryCreate(configuration[key], UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
                throw new SettingsException($"{key} is '{configuration[key]}'; expected is the http or https address of an OpenTelemetry collector.");
            found = true;
        }

        return found;
    }
}
