using System.Globalization;

namespace RechargeGrains.Grains.Ometria;

/// <summary>
/// Reads <c>X-QueueSize-Remaining</c>, how many records Ometria's queue still takes (API introduction, older variant: of 50,000). Both
/// the header and the limit may be gone, so nothing depends on it: without it only the 429 of a full queue slows us down.
/// </summary>
internal static class QueueGauge
{
    private const string Header = "X-QueueSize-Remaining";

    /// <summary>Below it, pushing slows down in proportion.</summary>
    private const double Roomy = 10_000;

    private const double Slowest = 0.05;

    public static long? Read(HttpResponseMessage response) =>
        response.Headers.TryGetValues(Header, out var values)
        && long.TryParse(values.FirstOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var remaining)
            ? remaining
            : null;

    /// <summary>Part of the rate that suits the room that is left: all of it, or less and less as the queue fills.</summary>
    public static double ShareOf(long? remaining) => remaining is { } room ? Math.Clamp(room / Roomy, Slowest, 1) : 1;
}
