using Orleans.Storage;

namespace RechargeGrains.Grains.Tests.Segments;

/// <summary>A storage that counts its writes, and holds or refuses some when told to.</summary>
internal sealed class WatchedStorage(IGrainStorage inner) : IGrainStorage
{
    private Hold? _hold;

    /// <summary>Names of the records that were written.</summary>
    public List<string> Writes { get; } = [];

    public Func<string, bool> FailWrite { get; set; } = _ => false;

    public Func<string, bool> FailClear { get; set; } = _ => false;

    public Hold HoldNextWrite() => _hold = new Hold();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_hold is { } hold)
        {
            _hold = null;
            await hold.WaitAsync();
        }

        if (FailWrite(stateName))
            throw new IOException("The disk is full.");
        await inner.WriteStateAsync(stateName, grainId, grainState);
        Writes.Add(stateName);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        FailClear(stateName) ? throw new IOException("The disk is gone.") : inner.ClearStateAsync(stateName, grainId, grainState);

    internal sealed class Hold
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task;

        public void Release() => _released.SetResult();

        public Task WaitAsync()
        {
            _reached.SetResult();
            return _released.Task;
        }
    }
}
