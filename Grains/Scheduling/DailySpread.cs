namespace RechargeGrains.Grains.Scheduling;

/// <summary>Keeps thousands of tenants from waking in the same instant. The first ones wake at the hour itself, the last ones within a minute.</summary>
internal static class DailySpread
{
    private const int Places = 2_500;

    private static readonly TimeSpan Apart = TimeSpan.FromMilliseconds(20);

    /// <summary>How long after the hour a tenant is woken.</summary>
    /// <param name="place">Its place among all tenants, from 0 on.</param>
    public static TimeSpan Of(int place) => place % Places * Apart;
}
