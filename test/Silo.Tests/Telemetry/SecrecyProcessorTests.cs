using System.Diagnostics;
using RechargeGrains.Silo.Telemetry;

namespace RechargeGrains.Silo.Tests.Telemetry;

public sealed class SecrecyProcessorTests
{
    private const string Secret = "jo@example.test";

    [Fact]
    public void What_is_not_known_to_be_harmless_is_taken_away()
    {
        using var span = Span();
        span.SetTag("http.route", "/hooks/recharge/{hookKey}");
        span.SetTag("url.full", $"https://api.example.test/customers?email={Secret}");
        span.SetTag("orleans.rpc.target_id", "rg-customer/acme/con_1/700");
        span.SetTag("exception.message", Secret);
        span.SetStatus(ActivityStatusCode.Error, Secret);

        End(span);

        Assert.Equal([new("http.route", "/hooks/recharge/{hookKey}")], span.TagObjects);
        Assert.Equal((ActivityStatusCode.Error, null), (span.Status, span.StatusDescription));
        Assert.True(span.Recorded);
    }

    [Fact]
    public void A_span_with_an_event_is_not_sent_because_events_cannot_be_taken_away()
    {
        using var span = Span();
        span.AddException(new InvalidOperationException(Secret));

        End(span);

        Assert.False(span.Recorded);
    }

    private static Activity Span() => new Activity("test") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start();

    private static void End(Activity span)
    {
        span.Stop();
        using var processor = new SecrecyProcessor();
        processor.OnEnd(span);
    }
}
