using RechargeGrains.Grains.Work;
using RechargeGrains.Protection;

namespace RechargeGrains.Grains.Protection;

/// <inheritdoc cref="IKeyRingGrain"/>
[GrainType("rg-key-ring")]
internal sealed class KeyRingGrain([PersistentState("key-ring")] IPersistentState<KeyRingState> store) : Grain, IKeyRingGrain
{
    public Task<IReadOnlyList<string>> ListAsync() => Task.FromResult<IReadOnlyList<string>>([.. store.State.Elements.Values]);

    public Task StoreAsync(string name, string xml)
    {
        store.State.Elements[name] = xml;
        return store.WriteStateAsync().OrDeactivateAsync(this);
    }
}
