using System.Security.Claims;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Security;

/// <summary>Who makes a request.</summary>
internal sealed record Caller(Role Role, string? TenantId)
{
    private const string TenantClaim = "tenant";

    public static Caller? Of(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Caller(role, user.FindFirstValue(TenantClaim))
            : null;

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        List<Claim> claims = [new(ClaimTypes.Role, Role.ToString())];
        if (TenantId is not null)
            claims.Add(new Claim(TenantClaim, TenantId));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }
}
