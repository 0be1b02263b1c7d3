using RechargeGrains.People;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Members;

/// <summary>What can be done with those who may sign in, written into the audit log of the door's group.</summary>
internal sealed class MemberActions(AuditedDoor door, IPeopleGrain people)
{
    public Task<Answer<Invitation>> InviteAsync(NewPerson person) =>
        door.DoAsync("person.invited", person.Email!.Trim(), () => people.InviteAsync(person.Email!.Trim(), person.Name!.Trim(), person.Role), $"as {person.Role.ToString().ToLowerInvariant()}");

    public Task<Answer<Invitation>> InviteAgainAsync(PersonView person) =>
        door.DoAsync("person.invited", person.Email, () => people.InviteAgainAsync(person.PersonId), "again");

    public Task<Answer<PersonView>> ChangeRoleAsync(PersonView person, Role role) =>
        door.DoAsync("person.role_changed", person.Email, () => people.SetRoleAsync(person.PersonId, role), $"to {role.ToString().ToLowerInvariant()}");

    public Task<Answer<PersonView>> RemoveAsync(PersonView person) =>
        door.DoAsync("person.removed", person.Email, () => people.RemoveAsync(person.PersonId));
}
