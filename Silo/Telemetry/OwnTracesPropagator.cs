using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace RechargeGrains.Silo.Telemetry;

/// <summary>
/// Begins a trace anew at our door. A caller's <c>traceparent</c> could have each of its requests recorded, and what it calls <c>baggage</c>
/// carried on to others.
/// </summary>
internal sealed class OwnTracesPropagator : DistributedContextPropagator
{
    private readonly DistributedContextPropagator _between = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields => _between.Fields;

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter) => _between.Inject(activity, carrier, setter);

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState)
    {
        (traceId, traceState) = (null, null);
        if (!IsOfStranger(carrier))
            _between.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);
    }

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) =>
        IsOfStranger(carrier) ? null : _between.ExtractBaggage(carrier, getter);

    private static bool IsOfStranger(object? carrier) => carrier is IHeaderDictionary;
}
