using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.People;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.People;

/// <inheritdoc cref="IPeopleGrain"/>
[GrainType("rg-people")]
internal sealed class PeopleGrain(
    [PersistentState("people")] IPersistentState<PeopleState> store, IGrainFactory grains, TimeProvider time) : Grain, IPeopleGrain
{
    private const int MaxPeople = 1_000;

    /// <summary>Long enough for a week off, short enough that a forgotten mail is no lasting way in.</summary>
    private static readonly TimeSpan InvitationLifetime = TimeSpan.FromDays(7);

    private static readonly TimeSpan FirstCodeLifetime = TimeSpan.FromDays(1);

    private static readonly TenantError NotFound = new("not_found", "There is no such person.");

    private string Group => this.GetPrimaryKeyString();

    private List<Person> People => store.State.People;

    public Task<IReadOnlyList<PersonView>> ListAsync() =>
        Task.FromResult<IReadOnlyList<PersonView>>([.. People.OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase).Select(View)]);

    public Task<Person?> FindAsync(string personId)
    {
        if (People.Count == 0)
            DeactivateOnIdle();
        return Task.FromResult(People.Find(person => person.Key.PersonId == personId));
    }

    public async Task<Answer<Invitation>> InviteAsync(string email, string name, Role role)
    {
        if (People.Count >= MaxPeople)
            return new TenantError("too_many_people", $"There are at most {MaxPeople} people here. Remove some first.");
        var key = new PersonKey(Group, KeyText.NewId("per"));
        // The address first: one that is taken for somebody who was never kept can be given free, two people of one address could not.
        if (!await Names().TakeAsync(email, key))
            return new TenantError("email_taken", "Somebody signs in with this e-mail address already. Choose another.");
        var person = new Person { Key = key, Email = email.Trim(), Name = name, Role = role, CreatedAt = time.GetUtcNow(), SecurityStamp = NewVersion() };
        People.Add(person);
        try
        {
            return await InviteAsync(person);
        }
        catch
        {
            await Names().FreeAsync(email, key);
            throw;
        }
    }

    public async Task<Answer<Invitation>> InviteAgainAsync(string personId) =>
        People.Find(person => person.Key.PersonId == personId) is { } person ? await InviteAsync(person) : NotFound;

    public Task<Person?> OpenInvitationAsync(string personId, string code) => Task.FromResult(People.Find(person =>
        person.Key.PersonId == personId && person.InvitationHash is { } hash && person.InvitedUntil > time.GetUtcNow() && InvitationCode.Matches(code, hash)));

    public async Task<bool> SaveAsync(Person person, string version)
    {
        var i = People.FindIndex(known => known.Key == person.Key);
        if (i < 0 || People[i].Version != person.Version)
            return false;
        People[i] = person with { Version = version };
        await SaveAsync();
        return true;
    }

    public async Task<Person?> CountFailedSignInAsync(string personId)
    {
        var i = People.FindIndex(known => known.Key.PersonId == personId);
        if (i < 0)
            return null;
        People[i] = People[i] with { FailedSignIns = People[i].FailedSignIns + 1, Version = NewVersion() };
        await SaveAsync();
        return People[i];
    }

    public async Task<string?> NewFirstCodeAsync()
    {
        if (People.Count > 0)
            return null;
        var now = time.GetUtcNow();
        foreach (var old in store.State.FirstCodes.Where(pair => pair.Value <= now).ToList())
            store.State.FirstCodes.Remove(old.Key);
        var code = InvitationCode.New();
        store.State.FirstCodes[InvitationCode.HashOf(code)] = now + FirstCodeLifetime;
        await SaveAsync();
        return code;
    }

    public async Task<Answer<Invitation>> InviteFirstAsync(string code, string email, string name)
    {
        var isOpen = store.State.FirstCodes.TryGetValue(InvitationCode.HashOf(code), out var until) && until > time.GetUtcNow();
        if (!isOpen || People.Count > 0)
            return new TenantError("not_found", "This link was used already or is out of date. A restart of the service prints a new one while nobody can sign in.");
        store.State.FirstCodes.Clear();
        return await InviteAsync(email, name, Role.Operator);
    }

    public async Task<Answer<PersonView>> SetRoleAsync(string personId, Role role)
    {
        var i = People.FindIndex(known => known.Key.PersonId == personId);
        if (i < 0)
            return NotFound;
        People[i] = People[i] with { Role = role, SecurityStamp = NewVersion(), Version = NewVersion() };
        await SaveAsync();
        return View(People[i]);
    }

    public async Task<Answer<PersonView>> RemoveAsync(string personId)
    {
        if (People.Find(person => person.Key.PersonId == personId) is not { } person)
            return NotFound;
        if (Group == PersonKey.Staff && People.Count == 1)
            return new TenantError("last_one", "This is the last of the staff, and nobody could sign in any more. Invite somebody else first.");
        People.Remove(person);
        await SaveAsync();
        await Names().FreeAsync(person.Email, person.Key);
        return View(person);
    }

    private async Task<Invitation> InviteAsync(Person person)
    {
        var code = InvitationCode.New();
        var until = time.GetUtcNow() + InvitationLifetime;
        People[People.IndexOf(person)] = person with { InvitationHash = InvitationCode.HashOf(code), InvitedUntil = until, Version = NewVersion() };
        await SaveAsync();
        return new Invitation(person.Key, code, until);
    }

    private PersonView View(Person person) => new(
        person.Key.PersonId,
        person.Email,
        person.Name,
        person.Role,
        person.CreatedAt,
        person.LastSignInAt,
        person.InvitationHash is null ? null : person.InvitedUntil,
        person.LockedUntil > time.GetUtcNow() ? person.LockedUntil : null);

    private static string NewVersion() => Guid.NewGuid().ToString("N");

    private ISignInNamesGrain Names() => grains.GetGrain<ISignInNamesGrain>(ISignInNamesGrain.Key);

    private Task SaveAsync() => store.WriteStateAsync().OrDeactivateAsync(this);
}
