using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.People;

/// <summary>Someone who may sign in. Never logged and never shown whole: it carries the password's hash.</summary>
[GenerateSerializer, Immutable, Alias("rg.person.v1")]
public sealed record Person
{
    [Id(0)] public required PersonKey Key { get; init; }
    [Id(1)] public required string Email { get; init; }
    [Id(2)] public required string Name { get; init; }
    [Id(3)] public required Role Role { get; init; }
    [Id(4)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null until the invitation was accepted, and for who signs in elsewhere.</summary>
    [Id(5)] public string? PasswordHash { get; init; }

    /// <summary>Changes whenever what a session rests on does; older sessions end then.</summary>
    [Id(6)] public string SecurityStamp { get; init; } = "";

    /// <summary>Changes with every save, so that of two at once one is told.</summary>
    [Id(7)] public string Version { get; init; } = "";
    [Id(8)] public int FailedSignIns { get; init; }
    [Id(9)] public DateTimeOffset? LockedUntil { get; init; }
    [Id(10)] public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>SHA-256 of the code in an invitation that is still open.</summary>
    [Id(11)] public string? InvitationHash { get; init; }
    [Id(12)] public DateTimeOffset? InvitedUntil { get; init; }

    /// <summary>Sessions that were signed out of, with when they would have ended.</summary>
    [Id(13)] public IReadOnlyDictionary<string, DateTimeOffset> EndedSessions { get; init; } = new Dictionary<string, DateTimeOffset>();
}
