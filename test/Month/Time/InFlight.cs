namespace RechargeGrains.Month;

/// <summary>Counts work that no thread is busy with: calls on the wire, and what the store has been asked for. Thread-safe.</summary>
internal sealed class InFlight
{
    private long _count;

    /// <summary>What has begun and not ended.</summary>
    public long Count => Interlocked.Read(ref _count);

    public async Task<T> DuringAsync<T>(Func<Task<T>> work)
    {
        Interlocked.Increment(ref _count);
        try
        {
            return await work();
        }
        finally
        {
            Interlocked.Decrement(ref _count);
        }
    }

    public Task DuringAsync(Func<Task> work) => DuringAsync(async () =>
    {
        await work();
        return true;
    });
}
