using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Silo.Telemetry;

/// <summary>
/// Leaves of a span what is known to be harmless. Addresses of webhooks are secrets, queries have e-mail addresses in them, ids of grains name
/// customers, and the words of an exception may quote anything. A list of what may pass, so that a new version of a library reveals nothing.
/// </summary>
internal sealed class SecrecyProcessor : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(
        StringComparer.Ordinal,
        "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "error.type", "exception.type",
        "url.scheme", "server.address", "server.port",
        "rpc.system", "rpc.system.name", "rpc.service", "rpc.method", "orleans.rpc.service",
        Tracing.OutcomeTag, Tracing.EventTag, Tracing.EventsTag);

    public override void OnEnd(Activity data)
    {
        foreach (var tag in data.TagObjects.ToList())
        {
            if (!Harmless.Contains(tag.Key))
                data.SetTag(tag.Key, null);
        }

        // What led to an error may be told by its words; what kind of error it was is a tag.
        if (data.StatusDescription is not null)
            data.SetStatus(data.Status);
        // Events cannot be taken away, and there is none that we make: a span that has one is not sent.
        if (data.Events.Any())
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
