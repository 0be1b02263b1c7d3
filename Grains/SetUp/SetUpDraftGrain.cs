using RechargeGrains.Grains.Work;
using RechargeGrains.SetUp;

namespace RechargeGrains.Grains.SetUp;

/// <inheritdoc cref="ISetUpDraftGrain"/>
[GrainType("rg-set-up-draft")]
internal sealed class SetUpDraftGrain([PersistentState("draft")] IPersistentState<SetUpDraftState> store, TimeProvider time) : Grain, ISetUpDraftGrain
{
    public Task<SetUpDraft?> GetAsync() => Task.FromResult(store.State.Draft);

    public Task SaveAsync(SetUpDraft draft)
    {
        store.State.Draft = draft with { SavedAt = time.GetUtcNow() };
        return store.WriteStateAsync().OrDeactivateAsync(this);
    }

    public async Task ClearAsync()
    {
        if (store.RecordExists)
            await store.ClearStateAsync().OrDeactivateAsync(this);
        store.State.Draft = null;
        DeactivateOnIdle();
    }
}
