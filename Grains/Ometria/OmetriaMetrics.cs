using System.Diagnostics.Metrics;
using RechargeGrains.Grains.Telemetry;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Ometria;

/// <summary>How pushes to Ometria fare, of events and contacts alike.</summary>
internal sealed class OmetriaMetrics
{
    public const string MeterName = "RechargeGrains.Ometria";

    private readonly Counter<long> _pushes;
    private readonly Histogram<double> _duration;

    public OmetriaMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _pushes = meter.CreateOutcomes(
            "recharge.pushes", "{push}", "Pushes to Ometria by its answer", [.. Enum.GetValues<PushOutcome>().Select(SnakeCase.NameOf)]);
        _duration = meter.CreateDuration("recharge.push.duration", "From sending a push to its answer");
    }

    public void Pushed(PushOutcome outcome, TimeSpan duration)
    {
        _pushes.Count(SnakeCase.NameOf(outcome));
        _duration.Record(duration.TotalSeconds);
    }
}
