using RechargeGrains.Api.Http;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tenants;

/// <summary>Reads the public name of a role that somebody of a tenant, or a token of one, can have. Pure.</summary>
internal static class RoleNames
{
    /// <summary>Null when <paramref name="errors"/> says why.</summary>
    public static Role? Read(string? name, FieldErrors errors)
    {
        switch (name)
        {
            case "administrator":
                return Role.Administrator;
            case "member":
                return Role.Member;
            default:
                errors.Add("role", "role is expected to be administrator or member.");
                return null;
        }
    }
}
