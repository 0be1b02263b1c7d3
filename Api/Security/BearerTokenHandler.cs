using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using RechargeGrains.Grains.Tenants;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Security;

/// <summary>Knows callers by their bearer token: the operator's from the settings, any other from its tenant.</summary>
internal sealed class BearerTokenHandler(
    IOptionsMonitor<BearerTokenOptions> options, ILoggerFactory logger, UrlEncoder encoder, IGrainFactory grains)
    : AuthenticationHandler<BearerTokenOptions>(options, logger, encoder)
{
    public const string SchemeName = "Bearer";

    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var token = header[Prefix.Length..].Trim();
        var caller = IsOperator(token) ? new Caller(Role.Operator, null) : await CallerOfAsync(token);
        return caller is null
            ? AuthenticateResult.Fail("The token is unknown or revoked.")
            : AuthenticateResult.Success(new AuthenticationTicket(caller.ToPrincipal(SchemeName), SchemeName));
    }

    private bool IsOperator(string token) =>
        Options.OperatorToken is { Length: > 0 } expected
        // Hashes of equal length, so that not even the length shows in the time it takes.
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private async Task<Caller?> CallerOfAsync(string text)
    {
        if (TokenText.Parse(text) is not { } token)
            return null;
        var role = await grains.GetGrain<ITenantGrain>(token.TenantId).AuthenticateAsync(token.TokenId, token.Secret);
        return role is { } known ? new Caller(known, token.TenantId) { TokenId = token.TokenId } : null;
    }
}
