using System.Diagnostics.Metrics;

namespace RechargeGrains.Grains.Telemetry;

/// <summary>What all metrics have in common.</summary>
public static class Instruments
{
    /// <summary>The tag of counters that says what became of a thing, from a fixed list of words.</summary>
    public const string Outcome = "outcome";

    /// <summary>For what somebody waits for: half a millisecond to a minute.</summary>
    private static readonly double[] Quick = [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

    /// <summary>For what may have to wait: a tenth of a second to a day. Four hours is where Ometria's patience ends.</summary>
    private static readonly double[] Patient = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400];

    public static Histogram<double> CreateDuration(this Meter meter, string name, string description) => Create(meter, name, description, Quick);

    public static Histogram<double> CreateLag(this Meter meter, string name, string description) => Create(meter, name, description, Patient);

    /// <summary>A counter of outcomes that begins with a zero for each, so that the first one counts as an increase.</summary>
    public static Counter<long> CreateOutcomes(this Meter meter, string name, string unit, string description, params ReadOnlySpan<string> outcomes)
    {
        var counter = meter.CreateCounter<long>(name, unit, description);
        foreach (var outcome in outcomes)
            counter.Count(outcome, 0);
        return counter;
    }

    public static void Count(this Counter<long> counter, string outcome, long by = 1) => counter.Add(by, new KeyValuePair<string, object?>(Outcome, outcome));

    private static Histogram<double> Create(Meter meter, string name, string description, double[] boundaries) =>
        meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });
}
