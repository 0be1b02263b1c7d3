using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Keys;
using RechargeGrains.People;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tests.People;

public sealed class PeopleGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task An_invitation_opens_with_its_code_until_it_is_used()
    {
        var people = NewGroup();
        var invitation = Value(await people.InviteAsync(Address(), "Jane", Role.Administrator));

        Assert.Null(await people.OpenInvitationAsync(invitation.Person.PersonId, "another code"));
        var person = (await people.OpenInvitationAsync(invitation.Person.PersonId, invitation.Code))!;
        Assert.Equal(("Jane", Role.Administrator), (person.Name, person.Role));
        Assert.True(await people.SaveAsync(person with { InvitationHash = null, PasswordHash = "hash" }, "v2"));
        Assert.Null(await people.OpenInvitationAsync(invitation.Person.PersonId, invitation.Code));
        Assert.Null(Assert.Single(await people.ListAsync()).InvitedUntil);
    }

    [Fact]
    public async Task Of_two_who_use_an_invitation_at_once_one_is_told()
    {
        var people = NewGroup();
        var invitation = Value(await people.InviteAsync(Address(), "Jane", Role.Member));
        var person = (await people.OpenInvitationAsync(invitation.Person.PersonId, invitation.Code))!;

        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => people.SaveAsync(person with { PasswordHash = $"hash {i}" }, $"v{i}")));

        Assert.Equal(1, saved.Count(one => one));
    }

    [Fact]
    public async Task A_new_invitation_makes_the_old_one_void()
    {
        var people = NewGroup();
        var first = Value(await people.InviteAsync(Address(), "Jane", Role.Member));
        var second = Value(await people.InviteAgainAsync(first.Person.PersonId));

        Assert.Null(await people.OpenInvitationAsync(first.Person.PersonId, first.Code));
        Assert.NotNull(await people.OpenInvitationAsync(first.Person.PersonId, second.Code));
        Assert.Equal("not_found", (await people.InviteAgainAsync("per_nobody")).Error?.Code);
    }

    [Fact]
    public async Task An_address_belongs_to_one_person_of_all_groups_whatever_its_case_until_they_are_removed()
    {
        var (one, other) = (NewGroup(), NewGroup());
        var address = Address();
        var invitation = Value(await one.InviteAsync(address, "Jane", Role.Member));

        Assert.Equal("email_taken", (await other.InviteAsync(address.ToUpperInvariant(), "Also Jane", Role.Member)).Error?.Code);
        Assert.Empty(await other.ListAsync());
        Assert.Equal(invitation.Person, await cluster.Grains.GetGrain<ISignInNamesGrain>(ISignInNamesGrain.Key).FindAsync(address.ToUpperInvariant()));
        Assert.Null((await one.RemoveAsync(invitation.Person.PersonId)).Error);
        Assert.Null(await one.FindAsync(invitation.Person.PersonId));
        Assert.Null((await other.InviteAsync(address, "Jane", Role.Member)).Error);
    }

    [Fact]
    public async Task Another_role_ends_the_sessions_of_the_old_one()
    {
        var people = NewGroup();
        var id = Value(await people.InviteAsync(Address(), "Jane", Role.Administrator)).Person.PersonId;
        var before = (await people.FindAsync(id))!;

        Assert.Equal(Role.Member, Value(await people.SetRoleAsync(id, Role.Member)).Role);

        var after = (await people.FindAsync(id))!;
        Assert.NotEqual(before.SecurityStamp, after.SecurityStamp);
        Assert.False(await people.SaveAsync(before, "v"));
    }

    [Fact]
    public async Task Wrong_passwords_of_many_at_once_are_all_counted()
    {
        var people = NewGroup();
        var id = Value(await people.InviteAsync(Address(), "Jane", Role.Member)).Person.PersonId;

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => people.CountFailedSignInAsync(id)));

        Assert.Equal(20, (await people.FindAsync(id))!.FailedSignIns);
        Assert.Null(await people.CountFailedSignInAsync("per_nobody"));
    }

    [Fact]
    public async Task The_first_of_the_staff_lets_themselves_in_also_after_a_false_start_and_the_last_who_can_sign_in_stays()
    {
        // The only test that may touch this group.
        var staff = cluster.Grains.GetGrain<IPeopleGrain>(PersonKey.Staff);
        var taken = Address();
        await NewGroup().InviteAsync(taken, "Jane", Role.Member);
        var earlier = await staff.NewFirstCodeAsync();
        var code = await staff.NewFirstCodeAsync();
        Assert.Equal("not_found", (await staff.InviteFirstAsync("another code", Address(), "Ada")).Error?.Code);
        Assert.Equal("email_taken", (await staff.InviteFirstAsync(code!, taken, "Ada")).Error?.Code);
        // Begun, and the browser closed: the link goes on, and with another address too.
        var address = Address();
        var lost = Value(await staff.InviteFirstAsync(code!, address, "Adda"));
        var other = Value(await staff.InviteFirstAsync(earlier!, Address(), "Otto"));
        var invitation = Value(await staff.InviteFirstAsync(code!, address.ToUpperInvariant(), "Ada"));
        Assert.Equal(lost.Person, invitation.Person);
        Assert.Null(await staff.OpenInvitationAsync(lost.Person.PersonId, lost.Code));

        var person = (await staff.OpenInvitationAsync(invitation.Person.PersonId, invitation.Code))!;
        Assert.Equal(("Ada", Role.Operator), (person.Name, person.Role));
        Assert.True(await staff.SaveAsync(person with { PasswordHash = "hash", InvitationHash = null }, "v"));

        Assert.Null(await staff.NewFirstCodeAsync());
        Assert.Equal("not_found", (await staff.InviteFirstAsync(code!, Address(), "Eve")).Error?.Code);
        Assert.Equal("not_found", (await staff.InviteFirstAsync(earlier!, Address(), "Eve")).Error?.Code);
        Assert.Equal("wrong_role", (await staff.InviteAsync(Address(), "Max", Role.Member)).Error?.Code);
        Assert.Equal("last_one", (await staff.RemoveAsync(invitation.Person.PersonId)).Error?.Code);
        Assert.Null((await staff.RemoveAsync(other.Person.PersonId)).Error);
    }

    [Fact]
    public async Task An_address_that_a_crash_left_with_nobody_behind_it_can_be_used_again()
    {
        var names = cluster.Grains.GetGrain<ISignInNamesGrain>(ISignInNamesGrain.Key);
        var (people, address) = (NewGroup(), Address());
        Assert.True(await names.TakeAsync(address, new PersonKey($"t-{Guid.NewGuid():N}", "per_lost")));

        var invitation = Value(await people.InviteAsync(address, "Jane", Role.Member));

        Assert.Equal(invitation.Person, await names.FindAsync(address));
        Assert.Equal("wrong_role", (await people.InviteAsync(Address(), "Olga", Role.Operator)).Error?.Code);
    }

    [Fact]
    public async Task Many_who_want_one_address_at_once_leave_it_with_one()
    {
        var address = Address();
        var groups = Enumerable.Range(0, 8).Select(_ => NewGroup()).ToList();

        var answers = await Task.WhenAll(groups.Select(group => group.InviteAsync(address, "Jane", Role.Member)));

        Assert.Equal(1, answers.Count(answer => answer.Error is null));
        Assert.Equal(1, (await Task.WhenAll(groups.Select(group => group.ListAsync()))).Sum(list => list.Count));
    }

    [Fact]
    public async Task A_session_that_was_signed_out_of_is_remembered_until_its_end()
    {
        var people = NewGroup();
        var id = Value(await people.InviteAsync(Address(), "Jane", Role.Member)).Person.PersonId;
        await people.EndSessionAsync(id, "over", DateTimeOffset.UtcNow.AddHours(-1));
        await people.EndSessionAsync(id, "one", DateTimeOffset.UtcNow.AddHours(1));
        await people.EndSessionAsync(id, "other", DateTimeOffset.UtcNow.AddHours(1));
        await people.EndSessionAsync(id, "other", DateTimeOffset.UtcNow.AddHours(1));

        Assert.Equal(["one", "other"], (await people.FindAsync(id))!.EndedSessions.Keys.Order(StringComparer.Ordinal));
    }

    private static T Value<T>(Answer<T> answer)
        where T : class
    {
        Assert.Null(answer.Error);
        return answer.Value!;
    }

    private static string Address() => $"jane-{Guid.NewGuid():N}@example.test";

    private IPeopleGrain NewGroup() => cluster.Grains.GetGrain<IPeopleGrain>($"t-{Guid.NewGuid():N}");
}
