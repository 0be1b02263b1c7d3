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

    /// <summary>More than anybody signs out in twelve hours.</summary>
    private const int MaxEndedSessions = 100;

    private static readonly TenantError WrongRole = new("wrong_role", "There is no such role here.");

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
        if (!Fits(role))
            return WrongRole;
        var key = new PersonKey(Group, KeyText.NewId("per"));
        var person = new Person { Key = key, Email = email.Trim(), Name = name, Role = role, CreatedAt = time.GetUtcNow(), SecurityStamp = NewVersion() };
        // In the list before the address is taken: whoever asks whether its owner exists must not be told no in between.
        People.Add(person);
        if (!await TakeAsync(person))
        {
            People.Remove(person);
            return new TenantError("email_taken", "Somebody signs in with this e-mail address already. Choose another.");
        }

        return await InviteAsync(person);
    }

    public async Task<Answer<Invitation>> InviteAgainAsync(string personId) =>
        People.Find(person => person.Key.PersonId == personId) is { } person ? await InviteAsync(person) : NotFound;

    public Task<Person?> OpenInvitationAsync(string personId, string code)
    {
        // Whoever tries names at random must not fill the memory with them.
        if (People.Count == 0)
            DeactivateOnIdle();
        return Task.FromResult(People.Find(person =>
            person.Key.PersonId == personId && person.InvitationHash is { } hash && person.InvitedUntil > time.GetUtcNow() && InvitationCode.Matches(code, hash)));
    }

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
        if (People.Exists(HasBeenIn))
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
        // Good until somebody has come in, not until somebody has begun to: a mistyped address or a closed browser must not shut everybody out.
        if (!isOpen || People.Exists(HasBeenIn))
            return new TenantError("not_found", "This link was used already or is out of date. A restart of the service prints a new one while nobody can sign in.");
        var begun = People.FindIndex(person => person.Email.Equals(email.Trim(), StringComparison.OrdinalIgnoreCase));
        if (begun < 0)
            return await InviteAsync(email, name, Role.Operator);
        People[begun] = People[begun] with { Name = name };
        return await InviteAsync(People[begun]);
    }

    public async Task EndSessionAsync(string personId, string sessionId, DateTimeOffset until)
    {
        var i = People.FindIndex(known => known.Key.PersonId == personId);
        if (i < 0)
            return;
        var now = time.GetUtcNow();
        var ended = People[i].EndedSessions.Where(pair => pair.Value > now).Append(new(sessionId, until)).DistinctBy(pair => pair.Key).TakeLast(MaxEndedSessions);
        People[i] = People[i] with { EndedSessions = ended.ToDictionary(), Version = NewVersion() };
        await SaveAsync();
    }

    public async Task<Answer<PersonView>> SetRoleAsync(string personId, Role role)
    {
        var i = People.FindIndex(known => known.Key.PersonId == personId);
        if (i < 0)
            return NotFound;
        if (!Fits(role))
            return WrongRole;
        People[i] = People[i] with { Role = role, SecurityStamp = NewVersion(), Version = NewVersion() };
        await SaveAsync();
        return View(People[i]);
    }

    public async Task<Answer<PersonView>> RemoveAsync(string personId)
    {
        if (People.Find(person => person.Key.PersonId == personId) is not { } person)
            return NotFound;
        if (Group == PersonKey.Staff && HasBeenIn(person) && People.Count(HasBeenIn) == 1)
            return new TenantError("last_one", "This is the last of the staff, and nobody could sign in any more. Invite somebody else first.");
        People.Remove(person);
        await SaveAsync();
        await Names().FreeAsync(person.Email, person.Key);
        return View(person);
    }

    /// <summary>Whether somebody has ever come in; an invitation alone lets nobody in any more once it is lost.</summary>
    private static bool HasBeenIn(Person person) => person.PasswordHash is not null || person.LastSignInAt is not null;

    private bool Fits(Role role) => (Group == PersonKey.Staff) == (role == Role.Operator);

    private async Task<bool> TakeAsync(Person person)
    {
        if (await Names().TakeAsync(person.Email, person.Key))
            return true;
        // A crash in the middle of adding or removing somebody leaves an address with nobody behind it.
        if (await Names().FindAsync(person.Email) is not { } owner || await OwnerAsync(owner) is not null)
            return false;
        await Names().FreeAsync(person.Email, owner);
        return await Names().TakeAsync(person.Email, person.Key);
    }

    private Task<Person?> OwnerAsync(PersonKey owner) =>
        owner.Group == Group ? FindAsync(owner.PersonId) : grains.GetGrain<IPeopleGrain>(owner.Group).FindAsync(owner.PersonId);

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
