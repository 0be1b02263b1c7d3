using Serilog.Core;
using Serilog.Events;

namespace RechargeGrains.Silo.Hosting;

/// <summary>
/// Keeps hook keys out of the log: whatever is logged during a request carries its path, and the path of a webhook is the secret that
/// opens it.
/// </summary>
internal sealed class HookKeyMask : ILogEventEnricher
{
    private const string Path = "RequestPath";
    private const string Hooks = "/hooks";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        if (logEvent.Properties.GetValueOrDefault(Path) is ScalarValue { Value: string path } && path.StartsWith(Hooks, StringComparison.OrdinalIgnoreCase))
            logEvent.AddOrUpdateProperty(new LogEventProperty(Path, new ScalarValue(Hooks)));
    }
}
