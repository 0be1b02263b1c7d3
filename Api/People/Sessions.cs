using System.Globalization;
using System.Security.Claims;
using RechargeGrains.People;

namespace RechargeGrains.Api.People;

/// <summary>What a session carries besides its person, and whether it is still good. Pure.</summary>
internal static class Sessions
{
    /// <summary>From sign-in on, whatever is done meanwhile.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(12);

    private const string IdClaim = "session";
    private const string UntilClaim = "until";
    private const string StampClaim = "stamp";

    /// <summary>Claims of a session that begins now.</summary>
    public static IReadOnlyList<Claim> Begin(DateTimeOffset now) =>
        [new(IdClaim, Guid.NewGuid().ToString("N")), new(UntilClaim, (now + Length).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture))];

    /// <summary>The claim that ties a session to its person as they were: it ends when their role or their password changes.</summary>
    public static Claim StampOf(Person person) => new(StampClaim, person.SecurityStamp);

    /// <summary>Carries a session over when its person's claims are made anew.</summary>
    public static void Carry(ClaimsPrincipal from, ClaimsPrincipal to)
    {
        foreach (var claim in from.Claims.Where(claim => claim.Type is IdClaim or UntilClaim))
            ((ClaimsIdentity)to.Identity!).AddClaim(claim.Clone());
    }

    /// <summary>The session's id and end, or null for what is no session.</summary>
    public static (string Id, DateTimeOffset Until)? Of(ClaimsPrincipal session) =>
        session.FindFirstValue(IdClaim) is { } id && long.TryParse(session.FindFirstValue(UntilClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var until)
            ? (id, DateTimeOffset.FromUnixTimeSeconds(until))
            : null;

    /// <param name="session">What the browser shows.</param>
    /// <param name="person">As they are now; null if they were removed.</param>
    /// <param name="now">For the end.</param>
    public static bool IsGood(ClaimsPrincipal session, Person? person, DateTimeOffset now) =>
        person is not null && Of(session) is var (id, until) && until > now && !person.EndedSessions.ContainsKey(id)
        && session.FindFirstValue(StampClaim) == person.SecurityStamp;
}
