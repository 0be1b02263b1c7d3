using System.Security.Claims;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Security;

/// <summary>Who makes a request: a token, or a person who signed in.</summary>
internal sealed record Caller(Role Role, string? TenantId)
{
    private const string TenantClaim = "tenant";
    private const string TokenClaim = "token";

    /// <summary>Group and id of a person; null for a token.</summary>
    public string? PersonId { get; init; }

    public string? Name { get; init; }

    public string? Email { get; init; }

    /// <summary>Id of a token, which is no secret; null for a person and for the operator's token of the settings.</summary>
    public string? TokenId { get; init; }

    /// <summary>For the audit log.</summary>
    public string Who => PersonId is not null ? $"{Name} <{Email}>" : TokenId is not null ? $"token {TokenId}" : "the operator's token";

    public static Caller? Of(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), out var role)
            ? new Caller(role, user.FindFirstValue(TenantClaim))
            {
                PersonId = user.FindFirstValue(ClaimTypes.NameIdentifier),
                Name = user.FindFirstValue(ClaimTypes.Name),
                Email = user.FindFirstValue(ClaimTypes.Email),
                TokenId = user.FindFirstValue(TokenClaim),
            }
            : null;

    /// <summary>Whether the caller may see this tenant at all.</summary>
    public bool Sees(string tenantId) => Role == Role.Operator || TenantId == tenantId;

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        List<Claim> claims = [new(ClaimTypes.Role, Role.ToString())];
        Add(TenantClaim, TenantId);
        Add(ClaimTypes.NameIdentifier, PersonId);
        Add(ClaimTypes.Name, Name);
        Add(ClaimTypes.Email, Email);
        Add(TokenClaim, TokenId);
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));

        void Add(string type, string? value)
        {
            if (value is not null)
                claims.Add(new Claim(type, value));
        }
    }
}
