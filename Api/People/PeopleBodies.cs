using RechargeGrains.Api.Http;
using RechargeGrains.People;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.People;

internal sealed class InvitePerson
{
    public string? Email { get; set; }

    public string? Name { get; set; }

    /// <summary><c>administrator</c> or <c>member</c>.</summary>
    public string? Role { get; set; }

    public (string Email, string Name) Read(FieldErrors errors)
    {
        var name = errors.Name("name", Name);
        var email = errors.Needed("email", Email);
        if (email.Length > 0 && !EmailRule.IsAddress(email))
            errors.Add("email", "email is expected to be an e-mail address.");
        return (email, name);
    }
}

/// <summary>Somebody who may sign in.</summary>
/// <param name="PersonId">Within the tenant.</param>
/// <param name="Email">Signs in with it.</param>
/// <param name="Name">For people.</param>
/// <param name="Role"><c>administrator</c> or <c>member</c>.</param>
/// <param name="LastSignInAt">Null before the first.</param>
/// <param name="InvitedUntil">How long an open invitation is good for.</param>
/// <param name="LockedUntil">Until when wrong passwords keep them out.</param>
internal sealed record PersonBody(
    string PersonId, string Email, string Name, string Role, DateTimeOffset? LastSignInAt, DateTimeOffset? InvitedUntil, DateTimeOffset? LockedUntil)
{
    public static PersonBody Of(PersonView person) => new(
        person.PersonId,
        person.Email,
        person.Name,
        person.Role.ToString().ToLowerInvariant(),
        person.LastSignInAt,
        person.InvitedUntil,
        person.LockedUntil);
}

internal sealed record PersonList(IReadOnlyList<PersonBody> People);

/// <summary>
/// An invitation, shown this once: whoever opens the link chooses the password. Where people sign in with a provider alone, the link is
/// that of the sign-in.
/// </summary>
internal sealed record InvitationBody(string PersonId, string Link, DateTimeOffset Until)
{
    public static IResult ResultOf(Answer<Invitation> answer, ListeningAddress address, SignInOptions options) => answer switch
    {
        { Value: { } invitation } => TypedResults.Created(
            (string?)null, new InvitationBody(
                invitation.Person.PersonId,
                address.Value + (options.IsLocal ? InvitationLink.PathOf(invitation) : SignInSetup.SignInPath),
                invitation.Until)),
        { Error: { Code: "not_found" } } => ApiError.NotFound(),
        _ => ApiError.Of(StatusCodes.Status409Conflict, answer.Error!.Code, answer.Error.Message),
    };
}
