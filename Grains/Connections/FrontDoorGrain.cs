using RechargeGrains.Connections;
using RechargeGrains.Grains.Work;

namespace RechargeGrains.Grains.Connections;

/// <inheritdoc cref="IFrontDoorGrain"/>
[GrainType("rg-front-door")]
internal sealed class FrontDoorGrain([PersistentState("front-door")] IPersistentState<FrontDoorState> store) : Grain, IFrontDoorGrain
{
    public async Task AnnounceAsync(string address, bool isSet)
    {
        if ((store.State.IsSet && !isSet) || (store.State.Address == address && store.State.IsSet == isSet))
            return;
        (store.State.Address, store.State.IsSet) = (address, isSet);
        await store.WriteStateAsync().OrDeactivateAsync(this);
    }

    public Task<string?> GetAddressAsync() => Task.FromResult(store.State.Address);
}
