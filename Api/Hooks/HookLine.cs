using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using RechargeGrains.Grains.Connections;

namespace RechargeGrains.Api.Hooks;

/// <summary>
/// Bounds what is under way for each address by itself: one sender gone wild takes no other's place, and what neither is worked on nor fits in
/// line is answered 503 before anything is done for it.
/// </summary>
internal sealed class HookLine(IOptions<HookOptions> options, TimeProvider time) : IAsyncDisposable
{
    /// <summary>Webhooks of one connection that are worked on at once: as many as fill the store's commits, and few enough to leave room for others.</summary>
    private const int WorkedOn = 64;

    private readonly PartitionedRateLimiter<string> _places = Places.Create(Math.Min(WorkedOn, options.Value.MaxConcurrent), Math.Max(0, options.Value.MaxConcurrent - WorkedOn));

    /// <summary>Waits for a place, which is to be disposed of when the webhook is answered. One that is not acquired: too many are there already.</summary>
    public ValueTask<RateLimitLease> EnterAsync(string hookKey, TimeSpan within, CancellationToken cancellationToken) =>
        // What can be no hook key shares one line.
        _places.TakeAsync(HookKey.IsWellFormed(hookKey) ? hookKey : "", within, time, cancellationToken);

    public ValueTask DisposeAsync() => _places.DisposeAsync();
}
