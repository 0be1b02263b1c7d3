using RechargeGrains.Tenants;

namespace RechargeGrains.People;

/// <summary>A person as others of the group may see them.</summary>
/// <param name="PersonId">Within the group.</param>
/// <param name="Email">Signs in with it.</param>
/// <param name="Name">For people.</param>
/// <param name="Role">What they may do.</param>
/// <param name="CreatedAt">When they were invited first.</param>
/// <param name="LastSignInAt">Null before the first.</param>
/// <param name="InvitedUntil">How long an invitation that is not accepted yet is good for; null if there is none.</param>
/// <param name="LockedUntil">Until when too many wrong passwords keep them out; null if nothing does.</param>
[GenerateSerializer, Immutable, Alias("rg.person-view.v1")]
public sealed record PersonView(
    [property: Id(0)] string PersonId,
    [property: Id(1)] string Email,
    [property: Id(2)] string Name,
    [property: Id(3)] Role Role,
    [property: Id(4)] DateTimeOffset CreatedAt,
    [property: Id(5)] DateTimeOffset? LastSignInAt,
    [property: Id(6)] DateTimeOffset? InvitedUntil,
    [property: Id(7)] DateTimeOffset? LockedUntil);
