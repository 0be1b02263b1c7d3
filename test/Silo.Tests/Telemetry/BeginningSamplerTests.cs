using System.Diagnostics;
using OpenTelemetry.Trace;
using RechargeGrains.Silo.Telemetry;

namespace RechargeGrains.Silo.Tests.Telemetry;

public sealed class BeginningSamplerTests
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    [Fact]
    public void Requests_are_traced_by_the_ratio_and_what_grains_do_by_themselves_never_is()
    {
        Assert.Equal(SamplingDecision.RecordAndSample, Decide(1, Request));
        Assert.Equal(SamplingDecision.Drop, Decide(0, Request));
        Assert.Equal(SamplingDecision.Drop, Decide(1, "IImportGrain/GetStatusAsync"));
    }

    [Fact]
    public void A_push_is_traced_if_an_event_in_it_is_whatever_the_ratio()
    {
        Assert.Equal(SamplingDecision.RecordAndSample, Decide(0, "push", ActivityTraceFlags.None, ActivityTraceFlags.Recorded));
        Assert.Equal(SamplingDecision.Drop, Decide(1, "push", ActivityTraceFlags.None));
    }

    private static SamplingDecision Decide(double ratio, string name, params ActivityTraceFlags[] links) => new BeginningSampler(ratio).ShouldSample(new SamplingParameters(
        default,
        ActivityTraceId.CreateRandom(),
        name,
        ActivityKind.Server,
        tags: null,
        [.. links.Select(flags => new ActivityLink(new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), flags)))])).Decision;
}
