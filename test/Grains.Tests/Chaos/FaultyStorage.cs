using Orleans.Storage;

namespace RechargeGrains.Grains.Tests.Chaos;

/// <summary>
/// A storage that fails and dawdles, by a seed: writes that fail before or after they are done, reads that fail, and answers that come late.
/// </summary>
internal sealed class FaultyStorage(IGrainStorage inner, int seed) : IGrainStorage
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private int _failures;

    /// <summary>Whether it misbehaves.</summary>
    public bool IsFaulty { get; set; }

    public int Failures => _failures;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await MisbehaveAsync(failing: 5);
        await inner.ReadStateAsync(stateName, grainId, grainState);
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await MisbehaveAsync(failing: 10);
        await inner.WriteStateAsync(stateName, grainId, grainState);
        await MisbehaveAsync(failing: 8);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await MisbehaveAsync(failing: 10);
        await inner.ClearStateAsync(stateName, grainId, grainState);
    }

    /// <param name="failing">How many of a hundred operations fail.</param>
    private async Task MisbehaveAsync(int failing)
    {
        if (!IsFaulty)
            return;
        int dice;
        lock (_gate)
            dice = _random.Next(100);
        // The lateness is the fault itself, not a wait for anything.
        if (dice >= 90)
            await Task.Delay(TimeSpan.FromMilliseconds(dice - 85));
        if (dice >= failing)
            return;
        Interlocked.Increment(ref _failures);
        throw new IOException("The disk is gone for a moment.");
    }
}
