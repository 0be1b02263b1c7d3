using Microsoft.Extensions.Configuration;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Silo.Telemetry;

/// <summary>Setting <c>Hosting:MonitorUrl</c>.</summary>
internal static class MonitorUrl
{
    public const string Key = "Hosting:MonitorUrl";

    /// <summary>Null if there is none.</summary>
    /// <exception cref="SettingsException">It is no address to listen on.</exception>
    public static string? Of(IConfiguration configuration)
    {
        var text = configuration[Key];
        if (string.IsNullOrWhiteSpace(text))
            return null;
        // Names like + and * mean every address and are no host of a URL.
        var readable = text.Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal);
        return Uri.TryCreate(readable, UriKind.Absolute, out var url) && url is { Scheme: "http", PathAndQuery: "/" } && !text.Contains(';', StringComparison.Ordinal)
            ? text
            : throw new SettingsException($"{Key} is '{text}'; expected is one http address without a path, for instance http://127.0.0.1:8081.");
    }
}
