namespace RechargeGrains.Benchmarks.Measures;

/// <summary>How long and with how many connections it is measured.</summary>
internal sealed record MeasureTime(TimeSpan WarmUp, TimeSpan Measured, IReadOnlyList<int> Connections)
{
    public static MeasureTime Full { get; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10), [1, 16, 64, 256]);

    /// <summary>For a look while something is changed.</summary>
    public static MeasureTime Short { get; } = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(6), [64]);
}
