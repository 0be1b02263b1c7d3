namespace RechargeGrains.Sandbox;

/// <summary>One API token of the store, with its own secret for webhooks, scopes and rate limit.</summary>
public sealed class AccessToken
{
    internal AccessToken(string value, string clientSecret, IEnumerable<string> scopes, LeakyBucket bucket)
    {
        Value = value;
        ClientSecret = clientSecret;
        Scopes = [.. scopes];
        Bucket = bucket;
    }

    public string Value { get; }

    public string ClientSecret { get; }

    /// <summary>May be replaced at any time, as a merchant edits a token.</summary>
    public IReadOnlyList<string> Scopes { get; set; }

    /// <summary>Calls that were within the limit so far.</summary>
    public long Calls => Bucket.Taken;

    internal LeakyBucket Bucket { get; }

    internal bool Has(string scope) => Scopes.Contains(scope);
}
