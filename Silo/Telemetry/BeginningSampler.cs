using System.Diagnostics;
using OpenTelemetry.Trace;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Silo.Telemetry;

/// <summary>
/// Decides where a trace begins: at some requests, and at each push with an event of such a request in it. Not at what grains do by
/// themselves, which would be most of all traces and say little.
/// </summary>
internal sealed class BeginningSampler(double ratio) : Sampler
{
    private const string Request = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private static readonly SamplingResult Drop = new(SamplingDecision.Drop);

    private readonly TraceIdRatioBasedSampler _some = new(ratio);

    public override SamplingResult ShouldSample(in SamplingParameters parameters) => parameters.Name switch
    {
        Request => _some.ShouldSample(parameters),
        Tracing.Push when parameters.Links?.Any(link => link.Context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)) == true => new(SamplingDecision.RecordAndSample),
        _ => Drop,
    };
}
