using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace RechargeGrains.Api.Hooks;

/// <summary>
/// Keeps one connection's flood from being felt by others: while several connections are busy, few webhooks of each are worked on at once
/// and the rest of them waits in line. A connection that is alone has the program to itself.
/// </summary>
internal sealed class FairShare : IAsyncDisposable
{
    /// <summary>Of each connection while others are busy too; measured in ADR 0016.</summary>
    public const int WithOthers = 4;

    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly PartitionedRateLimiter<string> _limiter;
    private readonly TimeProvider _time;
    private (string Key, long At) _last = ("", 0);
    private (string Key, long At) _other = ("", 0);

    public FairShare(IOptions<HookOptions> options, TimeProvider time)
    {
        _time = time;
        _limiter = Places.Create(WithOthers, options.Value.MaxConcurrent);
    }

    /// <summary>Waits for a turn if others are busy. What is answered is to be disposed when the webhook is done; null: nothing
    /// had to be waited for. One that is not acquired: it took too long.</summary>
    public async ValueTask<RateLimitLease?> TakeTurnAsync(string hookKey, TimeSpan within, CancellationToken cancellationToken) =>
        IsSharedBy(hookKey) ? await _limiter.TakeAsync(hookKey, within, _time, cancellationToken) : null;

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private bool IsSharedBy(string hookKey)
    {
        var now = _time.GetTimestamp();
        lock (_gate)
        {
            if (_last.Key != hookKey)
                _other = _last;
            _last = (hookKey, now);
            return _other.Key.Length > 0 && _time.GetElapsedTime(_other.At, now) < Busy;
        }
    }
}
