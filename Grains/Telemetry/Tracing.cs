using System.Diagnostics;
using RechargeGrains.Customers;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Telemetry;

/// <summary>
/// Spans of our own. An event is told long after its webhook was answered, with up to 99 others: it keeps the place in its trace, and its
/// part of a push is a span there, which is linked to the one of the whole push.
/// </summary>
public static class Tracing
{
    public const string SourceName = "RechargeGrains";

    /// <summary>The whole push, in a trace of its own.</summary>
    public const string Push = "push";

    /// <summary>One event's part in a push, in the event's trace.</summary>
    public const string EventPush = "push event";

    public const string OutcomeTag = "recharge.outcome";
    public const string EventTag = "recharge.event";
    public const string EventsTag = "recharge.events";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Where in a trace this is, to go on from there later; null unless the trace is recorded.</summary>
    public static string? Place => Activity.Current is { Recorded: true } here ? here.Id : null;

    /// <summary>Begins the span of a push; null if no event in it is traced.</summary>
    internal static Activity? StartPush(IReadOnlyList<OutboundEvent> events)
    {
        if (!Source.HasListeners())
            return null;
        var links = events.Select(ContextOf).OfType<ActivityContext>().Select(context => new ActivityLink(context)).ToList();
        return links.Count == 0 ? null : Source.StartActivity(Push, ActivityKind.Producer, parentContext: default, [new(EventsTag, events.Count)], links);
    }

    /// <summary>Says in the span of a push and in the traces of its events what Ometria answered.</summary>
    internal static void Answered(Activity? push, IReadOnlyList<OutboundEvent> events, string outcome, bool isError)
    {
        if (push is null)
            return;
        Close(push, outcome, isError);
        foreach (var told in events)
        {
            if (ContextOf(told) is not { } context)
                continue;
            using var part = Source.StartActivity(
                EventPush, ActivityKind.Producer, context, [new(EventTag, EventKinds.NameOf(told.Kind))], [new ActivityLink(push.Context)], push.StartTimeUtc);
            Close(part, outcome, isError);
        }
    }

    private static void Close(Activity? span, string outcome, bool isError)
    {
        span?.SetTag(OutcomeTag, outcome);
        if (isError)
            span?.SetStatus(ActivityStatusCode.Error);
        span?.Stop();
    }

    private static ActivityContext? ContextOf(OutboundEvent told) =>
        told.TraceParent is { } place && ActivityContext.TryParse(place, null, isRemote: true, out var context) ? context : null;
}
