using System.Threading.RateLimiting;

namespace RechargeGrains.Api.Hooks;

/// <summary>Places that are few: whoever finds none free waits in line, and not longer than it is worth waiting.</summary>
internal static class Places
{
    /// <summary>A limiter for each hook key by itself.</summary>
    /// <param name="places">For those who are worked on.</param>
    /// <param name="waiting">For those in line.</param>
    public static PartitionedRateLimiter<string> Create(int places, int waiting)
    {
        Func<string, RateLimiter> create = _ => new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = places,
            QueueLimit = waiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        return PartitionedRateLimiter.Create<string, string>(hookKey => RateLimitPartition.Get(hookKey, create));
    }

    /// <summary>Takes a place, to be disposed of when the work is done. One that is not acquired: the line is full, or it took too long.</summary>
    public static async ValueTask<RateLimitLease> TakeAsync(this PartitionedRateLimiter<string> limiter, string hookKey, TimeSpan within, TimeProvider time, CancellationToken cancellationToken)
    {
        var place = limiter.AttemptAcquire(hookKey);
        if (place.IsAcquired)
            return place;
        using var tooLate = new CancellationTokenSource(within, time);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(tooLate.Token, cancellationToken);
        try
        {
            return await limiter.AcquireAsync(hookKey, cancellationToken: waiting.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return place;
        }
    }
}
