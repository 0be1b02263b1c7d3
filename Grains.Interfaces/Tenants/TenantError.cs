namespace RechargeGrains.Tenants;

/// <summary>Why a tenant could not do what it was asked. <see cref="Code"/> is stable and public.</summary>
[GenerateSerializer, Immutable, Alias("rg.tenant-error.v1")]
public sealed record TenantError([property: Id(0)] string Code, [property: Id(1)] string Message)
{
    [Id(2)] public IReadOnlyList<string> MissingScopes { get; init; } = [];
}
