using System.Diagnostics;

namespace RechargeGrains.Month;

/// <summary>
/// Knows when nothing goes on in this process any more: no call on the wire, no webhook on its way, nothing asked of the store, and no
/// thread of the pool at work. What is left then waits for the clock. Asked from a thread that is not of the pool.
/// </summary>
internal sealed class Stillness(InFlight inFlight, Func<long> webhooks)
{
    /// <summary>Looks in quick succession before the processor is left to others.</summary>
    private const int QuickLooks = 20;

    /// <summary>Real time. Work that takes longer is stuck.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Real time without a change after which a thread that seems to be at work is taken for one that only waits.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(250);

    /// <summary>Returns once everything is still.</summary>
    /// <exception cref="TimeoutException">It did not become so.</exception>
    public void Wait(CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        var unchangedSince = since;
        var before = ThreadPool.CompletedWorkItemCount;
        var looks = default(SpinWait);
        while (true)
        {
            ct.ThrowIfCancellationRequested();
            var isCalm = IsNothingAsked && ThreadPool.PendingWorkItemCount == 0;
            var working = WorkingThreads();
            var now = ThreadPool.CompletedWorkItemCount;
            var isUnchanged = isCalm && now == before;
            if (isUnchanged && working == 0 && IsNothingAsked)
                return;
            if (!isUnchanged)
                unchangedSince = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(unchangedSince) > Settled)
                return;
            before = now;
            if (Stopwatch.GetElapsedTime(since) > Limit)
                throw new TimeoutException($"Nothing has come to rest: {inFlight.Count} calls, {webhooks()} webhooks, {ThreadPool.PendingWorkItemCount} waiting and {working} working threads.");
            // No event tells that there is nothing left to do, so it is looked for.
            looks.SpinOnce(QuickLooks);
        }
    }

    private bool IsNothingAsked => inFlight.Count == 0 && webhooks() == 0;

    private static int WorkingThreads()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return most - available;
    }
}
