using System.Globalization;
using System.Net;

namespace RechargeGrains.Grains.Http;

/// <summary>
/// Reads Recharge's live gauge, <c>x-recharge-limit: used/cap</c>, which comes with every answer (API rate limits page). The bucket
/// leaks a twentieth of its size in a second: 40 and 2, or 80 and 4 on larger plans.
/// </summary>
internal static class RateGauge
{
    private const double SecondsToEmpty = 20;

    /// <summary>Far above any plan's, and above what somebody sets up for a test. What is beyond it is no gauge.</summary>
    private const double LargestBucket = 1_000_000;

    /// <summary>Recharge asks for at least 2 seconds after a 429.</summary>
    private static readonly TimeSpan AfterTooMany = TimeSpan.FromSeconds(2);

    public static void Apply(HttpResponseMessage response, CallBudget budget)
    {
        if (response.Headers.TryGetValues("x-recharge-limit", out var values) && Read(values.FirstOrDefault()) is { } gauge)
            budget.Observe(gauge.Used, gauge.Capacity, gauge.Capacity / SecondsToEmpty);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            budget.CloseFor(response.Headers.RetryAfter?.Delta is { } asked && asked > AfterTooMany ? Min(asked, HttpPipeline.LongestWait) : AfterTooMany);
    }

    internal static (double Used, double Capacity)? Read(string? text)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash > 0
            && double.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var used)
            && double.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var capacity)
            && capacity is >= 1 and <= LargestBucket
                ? (Math.Min(used, capacity), capacity)
                : null;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
