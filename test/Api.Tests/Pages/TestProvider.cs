using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>
/// A provider of OpenID Connect that lets in whoever is named beforehand: discovery, keys, authorization with PKCE, and a token endpoint
/// that signs id tokens.
/// </summary>
internal sealed class TestProvider : IAsyncDisposable
{
    public const string ClientId = "recharge-grains";

    public const string ClientSecret = "client secret of the provider";

    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "key-1" };
    private readonly ConcurrentDictionary<string, IQueryCollection> _codes = new();
    private readonly WebApplication _app;

    private TestProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>What the id token says of who signs in.</summary>
    public Dictionary<string, object> Claims { get; set; } = [];

    /// <summary>What is done to the id token's claims before it is signed.</summary>
    public Action<Dictionary<string, object>>? Tamper { get; set; }

    /// <summary>Whether the id token is signed with a key that is not the provider's.</summary>
    public bool SignsWithAnotherKey { get; set; }

    /// <summary>The last request for a sign-in.</summary>
    public IQueryCollection? Asked { get; private set; }

    public static async Task<TestProvider> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var provider = new TestProvider(app);
        app.MapGet("/.well-known/openid-configuration", provider.Describe);
        app.MapGet("/keys", provider.Keys);
        app.MapGet("/authorize", provider.Authorize);
        app.MapPost("/token", provider.TokenAsync);
        await app.StartAsync();
        return provider;
    }

    /// <summary>Who signs in next.</summary>
    public void Is(string email, bool? verified = true)
    {
        Claims = new Dictionary<string, object> { ["sub"] = $"sub-of-{email}", ["email"] = email, ["name"] = $"Name of {email}" };
        if (verified is { } known)
            Claims["email_verified"] = known;
        (Tamper, SignsWithAnotherKey) = (null, false);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private IResult Describe() => TypedResults.Ok(new Dictionary<string, object>
    {
        ["issuer"] = Address,
        ["authorization_endpoint"] = $"{Address}/authorize",
        ["token_endpoint"] = $"{Address}/token",
        ["jwks_uri"] = $"{Address}/keys",
        ["response_types_supported"] = new[] { "code" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
    });

    private IResult Keys()
    {
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.Rsa.ExportParameters(false)) { KeyId = _key.KeyId });
        return TypedResults.Ok(new { keys = new[] { new { kty = key.Kty, kid = key.Kid, use = "sig", alg = "RS256", n = key.N, e = key.E } } });
    }

    private IResult Authorize(HttpRequest request)
    {
        Asked = request.Query;
        if (request.Query["client_id"] != ClientId || request.Query["response_type"] != "code" || request.Query["code_challenge_method"] != "S256")
            return TypedResults.BadRequest();
        var code = Guid.NewGuid().ToString("N");
        _codes[code] = request.Query;
        return TypedResults.Redirect(QueryHelpers.AddQueryString(
            request.Query["redirect_uri"].ToString(), new Dictionary<string, string?> { ["code"] = code, ["state"] = request.Query["state"] }));
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (!_codes.TryRemove(form["code"].ToString(), out var asked) || asked["code_challenge"] != challenge
            || asked["redirect_uri"] != form["redirect_uri"] || form["client_secret"] != ClientSecret)
            return TypedResults.BadRequest(new { error = "invalid_grant" });
        var claims = new Dictionary<string, object>(Claims)
        {
            ["iss"] = Address,
            ["aud"] = ClientId,
            ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
            ["exp"] = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds(),
            ["nonce"] = asked["nonce"].ToString(),
        };
        Tamper?.Invoke(claims);
        using var other = RSA.Create(2048);
        var key = SignsWithAnotherKey ? new RsaSecurityKey(other) { KeyId = _key.KeyId, CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } } : _key;
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
            new SecurityTokenDescriptor { Claims = claims, SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256) });
        return TypedResults.Ok(new { access_token = "access", token_type = "Bearer", expires_in = 300, id_token = token });
    }
}
