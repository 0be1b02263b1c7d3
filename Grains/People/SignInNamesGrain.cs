using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.People;

namespace RechargeGrains.Grains.People;

/// <inheritdoc cref="ISignInNamesGrain"/>
[GrainType("rg-sign-in-names")]
internal sealed class SignInNamesGrain([PersistentState("sign-in-names")] IPersistentState<SignInNamesState> store) : Grain, ISignInNamesGrain
{
    public async Task<bool> TakeAsync(string email, PersonKey person)
    {
        var name = NameOf(email);
        if (store.State.People.TryGetValue(name, out var known))
            return known == person;
        store.State.People[name] = person;
        await store.WriteStateAsync().OrDeactivateAsync(this);
        return true;
    }

    public Task<PersonKey?> FindAsync(string email) =>
        Task.FromResult<PersonKey?>(store.State.People.TryGetValue(NameOf(email), out var person) ? person : null);

    public async Task FreeAsync(string email, PersonKey person)
    {
        var name = NameOf(email);
        if (!store.State.People.TryGetValue(name, out var known) || known != person)
            return;
        store.State.People.Remove(name);
        await store.WriteStateAsync().OrDeactivateAsync(this);
    }

    private static string NameOf(string email) => email.Trim().ToLowerInvariant();
}
