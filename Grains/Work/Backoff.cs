namespace RechargeGrains.Grains.Work;

/// <summary>Pauses between tries: doubling from one second to one minute, with jitter so that many do not come back at once.</summary>
internal static class Backoff
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <param name="failures">Failures in a row, at least 1.</param>
    /// <param name="longest">Another bound than a minute.</param>
    public static TimeSpan After(int failures, TimeSpan? longest = null)
    {
        var seconds = Math.Min((longest ?? Longest).TotalSeconds, Math.Pow(2, Math.Min(failures, 16) - 1));
        return TimeSpan.FromSeconds(seconds * (0.75 + Random.Shared.NextDouble() / 2));
    }
}
