using System.Diagnostics.Metrics;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Api.Hooks;

/// <summary>What became of webhooks, and how long they took.</summary>
internal sealed class HookMetrics
{
    public const string MeterName = "RechargeGrains.Webhooks";

    private readonly Counter<long> _webhooks;
    private readonly Histogram<double> _duration;

    public HookMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _webhooks = meter.CreateOutcomes("recharge.webhooks", "{webhook}", "Webhooks by what became of them", [.. HookOutcome.All]);
        _duration = meter.CreateDuration("recharge.webhook.duration", "From the beginning of a webhook to its answer");
    }

    public void Answered(string outcome, TimeSpan duration)
    {
        _webhooks.Count(outcome);
        _duration.Record(duration.TotalSeconds);
    }
}
