using Orleans.Concurrency;
using RechargeGrains.Tenants;

namespace RechargeGrains.People;

/// <summary>Those who may sign in for one tenant (key: tenant id) or for the hosting company (key: <see cref="Keys.PersonKey.Staff"/>).</summary>
[Alias("rg.people")]
public interface IPeopleGrain : IGrainWithStringKey
{
    [Alias("list")]
    Task<IReadOnlyList<PersonView>> ListAsync();

    /// <summary>Null if there is no such person.</summary>
    [Alias("find"), AlwaysInterleave]
    Task<Person?> FindAsync(string personId);

    /// <summary>Adds someone, who chooses a password with the invitation. Errors: <c>email_taken</c>, <c>too_many_people</c>, <c>wrong_role</c>.</summary>
    [Alias("invite")]
    Task<Answer<Invitation>> InviteAsync(string email, string name, Role role);

    /// <summary>Makes a new invitation for someone who lost the last one or forgot the password; the old one is void. Error: <c>not_found</c>.</summary>
    [Alias("invite-again")]
    Task<Answer<Invitation>> InviteAgainAsync(string personId);

    /// <summary>Who is invited with this code, or null if it is wrong, used or out of date.</summary>
    [Alias("open")]
    Task<Person?> OpenInvitationAsync(string personId, string code);

    /// <summary>Keeps a changed person. False if somebody else changed or removed it since it was read.</summary>
    /// <param name="person">With the version that was read.</param>
    /// <param name="version">The version it gets.</param>
    [Alias("save")]
    Task<bool> SaveAsync(Person person, string version);

    /// <summary>Counts a wrong password; of many at once each is counted. Null if there is no such person.</summary>
    [Alias("count-failure")]
    Task<Person?> CountFailedSignInAsync(string personId);

    /// <summary>A new code with which the first of the staff lets themselves in, or null once one has; earlier codes stay good for a day.</summary>
    [Alias("first-code")]
    Task<string?> NewFirstCodeAsync();

    /// <summary>Invites the first of the staff; good until somebody has come in. Errors: <c>not_found</c> for a wrong or used code, and those of <see cref="InviteAsync"/>.</summary>
    [Alias("invite-first")]
    Task<Answer<Invitation>> InviteFirstAsync(string code, string email, string name);

    /// <summary>Remembers that somebody signed out, until that session would have ended anyway.</summary>
    [Alias("end-session")]
    Task EndSessionAsync(string personId, string sessionId, DateTimeOffset until);

    /// <summary>Gives another role; sessions begun with the old one end. Errors: <c>not_found</c>, <c>wrong_role</c>.</summary>
    [Alias("role")]
    Task<Answer<PersonView>> SetRoleAsync(string personId, Role role);

    /// <summary>Removes someone for good. Errors: <c>not_found</c>, <c>last_one</c> for the last of the staff who can sign in.</summary>
    [Alias("remove")]
    Task<Answer<PersonView>> RemoveAsync(string personId);
}
