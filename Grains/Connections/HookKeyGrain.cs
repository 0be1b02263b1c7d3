using RechargeGrains.Connections;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Connections;

/// <inheritdoc cref="IHookKeyGrain"/>
[GrainType("rg-hook-key")]
internal sealed class HookKeyGrain([PersistentState("hook-key")] IPersistentState<HookKeyState> store) : Grain, IHookKeyGrain
{
    public async Task AssignAsync(ConnectionKey connection)
    {
        if (store.State.Connection == connection)
            return;
        store.State.Connection = connection;
        await store.WriteStateAsync().OrDeactivateAsync(this);
    }

    public Task<ConnectionKey?> ResolveAsync()
    {
        // Whoever tries keys at random must not fill the memory with them.
        if (store.State.Connection is null)
            DeactivateOnIdle();
        return Task.FromResult(store.State.Connection);
    }
}
