using Serilog.Core;
using Serilog.Events;

namespace RechargeGrains.Silo.Hosting;

/// <summary>Takes the path of the request out of every log line: it has hook keys in it, and searches with e-mail addresses.</summary>
internal sealed class WithoutRequestPath : ILogEventEnricher
{
    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory) => logEvent.RemovePropertyIfPresent("RequestPath");
}
