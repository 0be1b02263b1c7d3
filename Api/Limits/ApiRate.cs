using System.Threading.RateLimiting;

namespace RechargeGrains.Api.Limits;

/// <summary>How often each tenant may call the API of this process, with whichever of its tokens.</summary>
internal sealed class ApiRate(LimitOptions options) : IDisposable
{
    /// <summary>What a script does when it starts: many calls at one go, and then it waits for answers.</summary>
    private const int SecondsAtOnce = 10;

    private readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(tenantId =>
        RateLimitPartition.GetTokenBucketLimiter(tenantId, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = SecondsAtOnce * options.ApiCallsPerSecond,
            TokensPerPeriod = options.ApiCallsPerSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));

    public RateLimitLease Take(string tenantId) => _limiter.AttemptAcquire(tenantId);

    public void Dispose() => _limiter.Dispose();
}
