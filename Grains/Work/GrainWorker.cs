namespace RechargeGrains.Grains.Work;

/// <summary>
/// A grain's background work: steps that run one after the other inside the grain until there is nothing to do, then wait to be
/// poked. A step that throws is reported and tried again after a growing pause. Lives on the grain's own scheduler, so a step
/// sees the grain's fields as any of its methods does.
/// </summary>
/// <param name="step">Does some work and says when to go on: at once (zero), after a while, or when poked (null).</param>
/// <param name="onFailure">Told of each step that threw and how long the pause is.</param>
/// <param name="keepAlive">Called before each step, so that a grain at work is not collected as idle.</param>
/// <param name="time">The clock.</param>
internal sealed class GrainWorker(
    Func<CancellationToken, Task<TimeSpan?>> step, Action<Exception, TimeSpan> onFailure, Action keepAlive, TimeProvider time)
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private TaskCompletionSource? _pause;
    private bool _poked;
    private bool _offered;

    /// <summary>Starts working, or ends a pause: something has changed. Call it from within the grain.</summary>
    public void Poke()
    {
        _poked = true;
        _pause?.TrySetResult();
        Start();
    }

    /// <summary>Starts working if nothing is being done. A pause goes on: that there is more to do does not make a failing service work.</summary>
    public void Offer()
    {
        _offered = true;
        Start();
    }

    /// <summary>Ends the work after the current step has noticed.</summary>
    public async Task StopAsync(CancellationToken deadline)
    {
        await _stopping.CancelAsync();
        _pause?.TrySetResult();
        await Task.WhenAny(_running, Task.Delay(Timeout.InfiniteTimeSpan, deadline));
    }

    private Task BeginAsync()
    {
        // What is done for everybody must not stand in the trace, nor carry the request context, of the caller who happened to start it.
        using AsyncFlowControl? flow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        return RunAsync(_stopping.Token);
    }

    private void Start()
    {
        if (_running.IsCompleted && !_stopping.IsCancellationRequested)
            _running = BeginAsync();
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        // The caller's turn comes first: whoever pokes does not wait for the first step.
        await Task.Yield();
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            _poked = _offered = false;
            keepAlive();
            TimeSpan? next;
            try
            {
                next = await step(stopping);
                failures = 0;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                next = Backoff.After(++failures);
                onFailure(failure, next.Value);
            }

            if (next is null && !_poked && !_offered)
                return;
            if (next > TimeSpan.Zero && !_poked)
                await PauseAsync(next.Value, stopping);
        }
    }

    private async Task PauseAsync(TimeSpan span, CancellationToken stopping)
    {
        _pause = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        // Timers count in whole milliseconds and cut the rest off: a step that asks to wait until an instant would be asked again before it.
        await Task.WhenAny(_pause.Task, Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds)), time, over.Token));
        await over.CancelAsync();
        _pause = null;
    }
}
