namespace RechargeGrains.Keys;

/// <summary>Names one person who may sign in: a member of a tenant, or of the hosting company's staff.</summary>
[GenerateSerializer, Immutable, Alias("rg.person-key.v1")]
public readonly record struct PersonKey([property: Id(0)] string Group, [property: Id(1)] string PersonId)
{
    /// <summary>The group of the hosting company's staff. No tenant can have this name.</summary>
    public const string Staff = "@staff";

    /// <summary>The tenant that the person belongs to, or null for staff.</summary>
    public string? TenantId => Group == Staff ? null : Group;

    public override string ToString() => $"{Group}/{PersonId}";

    /// <summary>Null for a text that names no person.</summary>
    public static PersonKey? TryParse(string? text) =>
        text?.Split('/') is [{ Length: > 0 } group, { Length: > 0 } person] && (group == Staff || Keys.TenantId.IsValid(group))
            ? new PersonKey(group, person)
            : null;
}
