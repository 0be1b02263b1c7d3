using System.Diagnostics.Metrics;
using RechargeGrains.Grains.Telemetry;

namespace RechargeGrains.Grains.Recharge;

/// <summary>How calls to Recharge fare. Each try counts; what a call waits for its budget does not.</summary>
internal sealed class RechargeMetrics
{
    public const string MeterName = "RechargeGrains.Recharge";

    private const string Answered = "answered";
    private const string Throttled = "throttled";
    private const string Refused = "refused";
    private const string Failed = "failed";
    private const string NoAnswer = "no_answer";

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;

    public RechargeMetrics(IMeterFactory factory)
    {
        var meter = factory.Create(MeterName);
        _calls = meter.CreateOutcomes("recharge.calls", "{call}", "Calls to Recharge by its answer", Answered, Throttled, Refused, Failed, NoAnswer);
        _duration = meter.CreateDuration("recharge.call.duration", "From sending a call to the end of its answer");
    }

    /// <param name="status">Null: there was no answer.</param>
    /// <param name="duration">How long it took.</param>
    public void Called(int? status, TimeSpan duration)
    {
        _calls.Count(status switch
        {
            null => NoAnswer,
            429 => Throttled,
            >= 500 => Failed,
            >= 400 => Refused,
            _ => Answered,
        });
        _duration.Record(duration.TotalSeconds);
    }
}
