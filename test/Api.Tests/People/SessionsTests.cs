using System.Security.Claims;
using RechargeGrains.Api.People;
using RechargeGrains.Keys;
using RechargeGrains.People;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tests.People;

public sealed class SessionsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);

    private static readonly Person Jane = new()
    {
        Key = new PersonKey("acme", "per_1"),
        Email = "jane@example.test",
        Name = "Jane",
        Role = Role.Member,
        CreatedAt = Now,
        SecurityStamp = "stamp",
    };

    private readonly ClaimsPrincipal _session = Begin(Jane);

    [Fact]
    public void A_session_is_good_for_twelve_hours()
    {
        Assert.True(Sessions.IsGood(_session, Jane, Now));
        Assert.True(Sessions.IsGood(_session, Jane, Now.AddHours(12).AddSeconds(-1)));
        Assert.False(Sessions.IsGood(_session, Jane, Now.AddHours(12)));
    }

    [Fact]
    public void It_ends_when_its_person_is_gone_or_has_changed() =>
        Assert.All(new[] { null, Jane with { SecurityStamp = "another" } }, person => Assert.False(Sessions.IsGood(_session, person, Now)));

    [Fact]
    public void It_ends_when_it_was_signed_out_of_and_others_of_the_same_person_do_not()
    {
        var (id, until) = Sessions.Of(_session)!.Value;
        var after = Jane with { EndedSessions = new Dictionary<string, DateTimeOffset> { [id] = until } };

        Assert.False(Sessions.IsGood(_session, after, Now));
        Assert.True(Sessions.IsGood(Begin(Jane), after, Now));
    }

    [Fact]
    public void A_cookie_without_a_session_is_none() =>
        Assert.False(Sessions.IsGood(new ClaimsPrincipal(new ClaimsIdentity([Sessions.StampOf(Jane)], "cookie")), Jane, Now));

    [Fact]
    public void Claims_that_are_made_anew_keep_the_session()
    {
        var anew = new ClaimsPrincipal(new ClaimsIdentity([Sessions.StampOf(Jane)], "cookie"));
        Sessions.Carry(_session, anew);
        Assert.Equal(Sessions.Of(_session), Sessions.Of(anew));
    }

    private static ClaimsPrincipal Begin(Person person) => new(new ClaimsIdentity([.. Sessions.Begin(Now), Sessions.StampOf(person)], "cookie"));
}
