using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Security;
using RechargeGrains.Keys;
using RechargeGrains.People;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.People;

/// <summary>Lets people in with a password or an invitation, and writes down that it did.</summary>
internal sealed class SignInDesk(SignInManager<SignInUser> signIn, IGrainFactory grains, AuditTrail audit, SignInOptions options, TimeProvider time)
{
    /// <summary>A hash of a password that nobody has, so that an unknown address takes as long as a known one.</summary>
    private static readonly SignInUser Nobody = new(new Person
    {
        Key = new PersonKey(PersonKey.Staff, "nobody"),
        Email = "",
        Name = "",
        Role = default,
        CreatedAt = default,
    });

    private static string? _hashOfNothing;

    /// <summary>Null if it worked, or else what to tell whoever tries; the same words whether the address or the password is wrong.</summary>
    public async Task<string?> SignInAsync(string email, string password, string? from)
    {
        const string Wrong =
            "The e-mail address or the password is wrong. After five wrong passwords nobody gets in for a quarter of an hour, also with the right one; a new invitation helps at once.";
        var users = signIn.UserManager;
        var user = await users.FindByNameAsync(email);
        if (user?.Person.PasswordHash is null || await users.IsLockedOutAsync(user))
        {
            // Takes as long and says the same as a wrong password, so that nobody learns here who has an account.
            users.PasswordHasher.VerifyHashedPassword(Nobody, _hashOfNothing ??= users.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString()), password);
            return Wrong;
        }

        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded)
        {
            await audit.AddAsync(user.Person.Key.Group, Who(user.Person), result.IsLockedOut ? "sign_in.locked_out" : "sign_in.refused", null, from);
            return Wrong;
        }

        await LetInAsync(user, "signed_in", from);
        return null;
    }

    /// <summary>Sets the password that an invitation asks for and lets its person in. Null if it worked.</summary>
    public async Task<string?> AcceptAsync(PersonKey key, string code, string password, string? from)
    {
        if (await OpenAsync(key, code) is not { } person)
            return "This invitation was used already or is out of date. Ask whoever sent it for a new one.";
        var user = new SignInUser(person with { InvitationHash = null, InvitedUntil = null, LockedUntil = null, FailedSignIns = 0 });
        var users = signIn.UserManager;
        foreach (var validator in users.PasswordValidators)
        {
            if (await validator.ValidateAsync(users, user, password) is { Succeeded: false, Errors: var errors })
                return string.Join(" ", errors.Select(error => error.Description));
        }

        // In one save with the invitation's end: it opens once.
        user.Person = user.Person with { PasswordHash = users.PasswordHasher.HashPassword(user, password), SecurityStamp = Guid.NewGuid().ToString("N") };
        if (await users.UpdateAsync(user) is { Succeeded: false })
            return "Somebody used this invitation at the same moment. Ask for a new one.";
        await LetInAsync(user, "invitation.accepted", from);
        return null;
    }

    public Task<Person?> OpenAsync(PersonKey key, string code) => grains.GetGrain<IPeopleGrain>(key.Group).OpenInvitationAsync(key.PersonId, code);

    public Task<Answer<Invitation>> InviteFirstAsync(string code, string email, string name) =>
        grains.GetGrain<IPeopleGrain>(PersonKey.Staff).InviteFirstAsync(code, email, name);

    /// <summary>Lets the owner of an e-mail address in, which a provider has vouched for. False if nobody here has that address.</summary>
    /// <param name="email">The address.</param>
    /// <param name="name">What the provider calls them, for one of the settings' operators who is new here.</param>
    /// <param name="from">Network address.</param>
    public async Task<bool> LetInVouchedAsync(string email, string name, string? from)
    {
        var users = signIn.UserManager;
        var user = await users.FindByNameAsync(email);
        if (user is null && options.OpenIdConnect.IsOperator(email))
        {
            // Of two at once one is told that the address is taken, and then it is found.
            await grains.GetGrain<IPeopleGrain>(PersonKey.Staff).InviteAsync(email, name, Role.Operator);
            user = await users.FindByNameAsync(email);
        }

        if (user is null)
            return false;
        // Whoever came in needs no invitation any more.
        user.Person = user.Person with { InvitationHash = null, InvitedUntil = null };
        await LetInAsync(user, "signed_in", from);
        return true;
    }

    /// <summary>Ends a session, also where other pages of it are open.</summary>
    public async Task SignOutAsync(ClaimsPrincipal session, string? from)
    {
        if (Caller.Of(session) is { } caller && PersonKey.TryParse(caller.PersonId) is { } key && Sessions.Of(session) is var (id, until))
        {
            await grains.GetGrain<IPeopleGrain>(key.Group).EndSessionAsync(key.PersonId, id, until);
            await audit.AddAsync(key.Group, caller.Who, "signed_out", null, from);
        }

        await signIn.SignOutAsync();
    }

    private async Task LetInAsync(SignInUser user, string action, string? from)
    {
        user.Person = user.Person with { LastSignInAt = time.GetUtcNow() };
        // Another change at the same moment wins: the time of a sign-in is worth no refusal.
        await signIn.UserManager.UpdateAsync(user);
        await signIn.SignInWithClaimsAsync(user, isPersistent: false, Sessions.Begin(time.GetUtcNow()));
        await audit.AddAsync(user.Person.Key.Group, Who(user.Person), action, null, from);
    }

    private static string Who(Person person) => $"{person.Name} <{person.Email}>";
}
