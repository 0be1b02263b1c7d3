using System.Collections.Concurrent;

namespace RechargeGrains.Sandbox;

/// <summary>The API tokens of the store. Each has its own bucket, and sees only its own webhooks.</summary>
public sealed class RechargeTokens
{
    private readonly ConcurrentDictionary<string, AccessToken> _tokens = new(StringComparer.Ordinal);
    private readonly SandboxOptions _options;
    private readonly TimeProvider _time;

    internal RechargeTokens(SandboxOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        Anonymous = NewBucket();
        Add(options.RechargeToken, options.ClientSecret, options.RechargeScopes);
    }

    /// <summary>The bucket of calls without a known token: their answers carry the limit header too.</summary>
    internal LeakyBucket Anonymous { get; }

    /// <summary>Makes another token. Without scopes it has all of them.</summary>
    public AccessToken Add(string token, string clientSecret, IReadOnlyList<string>? scopes = null) =>
        _tokens[token] = new AccessToken(token, clientSecret, scopes ?? ScopeNames.All, NewBucket());

    /// <summary>From now on the token is answered 401. Its webhooks stay, and stay signed with its secret.</summary>
    public void Revoke(string token) => _tokens.TryRemove(token, out _);

    public AccessToken? Find(string? token) => token is null ? null : _tokens.GetValueOrDefault(token);

    private LeakyBucket NewBucket() => new(_time, _options.BucketSize, _options.LeakPerSecond);
}
