using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Tenants;

/// <summary>
/// A bearer token: <c>rg.tenant.token.secret</c>. It names its tenant, so that no index is needed, and its prefix lets scanners of
/// source code recognise one that leaked.
/// </summary>
public readonly record struct TokenText(string TenantId, string TokenId, string Secret)
{
    private const string Prefix = "rg";
    private const int SecretBytes = 32;

    public static TokenText New(string tenantId) =>
        new(tenantId, KeyText.NewId("tok"), Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Null for a text that can be no token.</summary>
    public static TokenText? Parse(string text)
    {
        var parts = text.Split('.');
        return parts is [Prefix, var tenant, { Length: > 0 and <= 64 } token, { Length: 43 } secret] && Keys.TenantId.IsValid(tenant)
            ? new TokenText(tenant, token, secret)
            : null;
    }

    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    public override string ToString() => $"{Prefix}.{TenantId}.{TokenId}.{Secret}";
}
