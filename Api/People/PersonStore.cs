using Microsoft.AspNetCore.Identity;
using RechargeGrains.Keys;
using RechargeGrains.People;

namespace RechargeGrains.Api.People;

/// <summary>Keeps the people of ASP.NET Core Identity in grains, and so in the same sealed store as everything else.</summary>
internal sealed class PersonStore(IGrainFactory grains)
    : IUserPasswordStore<SignInUser>, IUserSecurityStampStore<SignInUser>, IUserLockoutStore<SignInUser>, IUserEmailStore<SignInUser>
{
    private static readonly IdentityError Changed = new() { Code = "changed", Description = "Somebody else changed this person at the same moment. Try again." };

    public async Task<SignInUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        PersonKey.TryParse(userId) is { } key && await PeopleOf(key).FindAsync(key.PersonId) is { } person ? new SignInUser(person) : null;

    public async Task<SignInUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        await grains.GetGrain<ISignInNamesGrain>(ISignInNamesGrain.Key).FindAsync(normalizedUserName) is { } key
            ? await FindByIdAsync(key.ToString(), cancellationToken)
            : null;

    public Task<SignInUser?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) => FindByNameAsync(normalizedEmail, cancellationToken);

    public async Task<IdentityResult> UpdateAsync(SignInUser user, CancellationToken cancellationToken)
    {
        var version = Guid.NewGuid().ToString("N");
        if (!await PeopleOf(user.Person.Key).SaveAsync(user.Person, version))
            return IdentityResult.Failed(Changed);
        user.Person = user.Person with { Version = version };
        return IdentityResult.Success;
    }

    /// <summary>Counted where the person is kept: of many wrong passwords at once each counts.</summary>
    public async Task<int> IncrementAccessFailedCountAsync(SignInUser user, CancellationToken cancellationToken)
    {
        user.Person = await PeopleOf(user.Person.Key).CountFailedSignInAsync(user.Person.Key.PersonId) ?? user.Person;
        return user.Person.FailedSignIns;
    }

    public Task ResetAccessFailedCountAsync(SignInUser user, CancellationToken cancellationToken) => Set(user, user.Person with { FailedSignIns = 0 });

    public Task<int> GetAccessFailedCountAsync(SignInUser user, CancellationToken cancellationToken) => Task.FromResult(user.Person.FailedSignIns);

    public Task<bool> GetLockoutEnabledAsync(SignInUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(SignInUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(SignInUser user, CancellationToken cancellationToken) => Task.FromResult(user.Person.LockedUntil);

    public Task SetLockoutEndDateAsync(SignInUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        Set(user, user.Person with { LockedUntil = lockoutEnd });

    public Task SetPasswordHashAsync(SignInUser user, string? passwordHash, CancellationToken cancellationToken) =>
        Set(user, user.Person with { PasswordHash = passwordHash });

    public Task<string?> GetPasswordHashAsync(SignInUser user, CancellationToken cancellationToken) => Task.FromResult(user.Person.PasswordHash);

    public Task<bool> HasPasswordAsync(SignInUser user, CancellationToken cancellationToken) => Task.FromResult(user.Person.PasswordHash is not null);

    public Task SetSecurityStampAsync(SignInUser user, string stamp, CancellationToken cancellationToken) =>
        Set(user, user.Person with { SecurityStamp = stamp });

    public Task<string?> GetSecurityStampAsync(SignInUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Person.SecurityStamp);

    public Task<string> GetUserIdAsync(SignInUser user, CancellationToken cancellationToken) => Task.FromResult(user.Person.Key.ToString());

    public Task<string?> GetUserNameAsync(SignInUser user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Person.Email);

    public Task<string?> GetNormalizedUserNameAsync(SignInUser user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task<string?> GetEmailAsync(SignInUser user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    public Task<string?> GetNormalizedEmailAsync(SignInUser user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    /// <summary>An invitation is passed on by whoever made it, and holding it is the proof.</summary>
    public Task<bool> GetEmailConfirmedAsync(SignInUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetEmailConfirmedAsync(SignInUser user, bool confirmed, CancellationToken cancellationToken) => Task.CompletedTask;

    // The address as it was given is the only one; grains compare without regard to case.
    public Task SetNormalizedUserNameAsync(SignInUser user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedEmailAsync(SignInUser user, string? normalizedEmail, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetUserNameAsync(SignInUser user, string? userName, CancellationToken cancellationToken) => throw ByInvitation();

    public Task SetEmailAsync(SignInUser user, string? email, CancellationToken cancellationToken) => throw ByInvitation();

    public Task<IdentityResult> CreateAsync(SignInUser user, CancellationToken cancellationToken) => throw ByInvitation();

    public Task<IdentityResult> DeleteAsync(SignInUser user, CancellationToken cancellationToken) => throw ByInvitation();

    public void Dispose()
    {
    }

    private static NotSupportedException ByInvitation() => new("People are added, named and removed by IPeopleGrain.");

    private static Task Set(SignInUser user, Person person)
    {
        user.Person = person;
        return Task.CompletedTask;
    }

    private IPeopleGrain PeopleOf(PersonKey key) => grains.GetGrain<IPeopleGrain>(key.Group);
}
