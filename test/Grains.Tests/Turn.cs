namespace RechargeGrains.Grains.Tests;

/// <summary>Runs code one piece at a time, as a grain's turns do, for what is made to be used inside a grain.</summary>
internal sealed class Turn : IAsyncDisposable
{
    private readonly ConcurrentExclusiveSchedulerPair _pair = new();

    public Task RunAsync(Action act) => RunAsync(() =>
    {
        act();
        return Task.CompletedTask;
    });

    public Task RunAsync(Func<Task> act) =>
        Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.None, _pair.ExclusiveScheduler).Unwrap();

    public Task<T> RunAsync<T>(Func<Task<T>> act) =>
        Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.None, _pair.ExclusiveScheduler).Unwrap();

    public async ValueTask DisposeAsync()
    {
        _pair.Complete();
        await _pair.Completion;
    }
}
