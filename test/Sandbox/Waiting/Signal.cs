namespace RechargeGrains.Sandbox;

/// <summary>Wakes those who wait for a change, so that a test waits for something that happened and never for time.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = New();

    public void Raise() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    /// <summary>Answers the first result of <paramref name="probe"/> that is not null; asks again after each change.</summary>
    /// <exception cref="TimeoutException">Nothing came in time. The message says what was there.</exception>
    public async Task<T> WaitForAsync<T>(Func<T?> probe, TimeSpan timeout, Func<string> describe, CancellationToken ct)
        where T : class
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(ct);
        deadline.CancelAfter(timeout);
        while (true)
        {
            // Taken before the question is asked: a change in between completes this very task.
            var changed = Volatile.Read(ref _next).Task;
            if (probe() is { } found)
                return found;
            try
            {
                await changed.WaitAsync(deadline.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw new TimeoutException($"Waited {timeout.TotalSeconds:0.#} s in vain. There is: {describe()}");
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
