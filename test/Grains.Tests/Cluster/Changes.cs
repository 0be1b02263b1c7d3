namespace RechargeGrains.Grains.Tests.Cluster;

/// <summary>Lets a test wait until what another thread changes fulfils a condition. Everything happens under one lock.</summary>
internal sealed class Changes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<(Func<bool> Condition, TaskCompletionSource Reached)> _waiting = [];

    public T Make<T>(Func<T> change)
    {
        lock (_gate)
        {
            var result = change();
            foreach (var waiter in _waiting.Where(waiter => waiter.Condition()).ToList())
            {
                waiter.Reached.SetResult();
                _waiting.Remove(waiter);
            }

            return result;
        }
    }

    public async Task<T> WhenAsync<T>(Func<bool> condition, Func<T> read)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (condition())
                return read();
            _waiting.Add((condition, reached));
        }

        await reached.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        return Read(read);
    }

    public T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }
}
