namespace RechargeGrains.Tenants;

/// <summary>A token as it may be shown: its secret was shown once, when it was made.</summary>
/// <param name="TokenId">No secret; the audit log names it.</param>
/// <param name="Name">For people.</param>
/// <param name="Role">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
[GenerateSerializer, Immutable, Alias("rg.token-info.v1")]
public sealed record TokenInfo(
    [property: Id(0)] string TokenId, [property: Id(1)] string Name, [property: Id(2)] Role Role, [property: Id(3)] DateTimeOffset CreatedAt);
