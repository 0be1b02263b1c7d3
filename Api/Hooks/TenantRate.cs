using System.Threading.RateLimiting;
using RechargeGrains.Connections;

namespace RechargeGrains.Api.Hooks;

/// <summary>
/// How many webhooks a second this process takes of each tenant, by its quota. They are counted once they are known to be true: who has
/// an address and no secret must not use up what is its owner's.
/// </summary>
internal sealed class TenantRate : IDisposable
{
    /// <summary>What piled up at Recharge while we were away comes in one go.</summary>
    private const int SecondsAtOnce = 10;

    // A changed quota is another partition; the former one goes when it is no longer used.
    private readonly PartitionedRateLimiter<(string TenantId, int PerSecond)> _limiter =
        PartitionedRateLimiter.Create<(string TenantId, int PerSecond), (string TenantId, int PerSecond)>(tenant =>
            RateLimitPartition.GetTokenBucketLimiter(tenant, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = SecondsAtOnce * tenant.PerSecond,
                TokensPerPeriod = tenant.PerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));

    public bool Allows(HookTarget target)
    {
        if (target.WebhooksPerSecond is not { } perSecond)
            return true;
        using var place = _limiter.AttemptAcquire((target.Connection.TenantId, perSecond));
        return place.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
