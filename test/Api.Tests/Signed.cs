namespace RechargeGrains.Api.Tests;

/// <summary>The signatures of a webhook: right, wrong or missing ones.</summary>
/// <param name="Signature">Makes the newer header; null leaves it out.</param>
/// <param name="Legacy">Makes the older header; null leaves it out.</param>
public sealed record Signed(Func<byte[], string>? Signature, Func<byte[], string>? Legacy)
{
    public static readonly Signed Not = new(null, null);

    /// <summary>As Recharge signs: both headers, at this moment.</summary>
    public static Signed Both(string secret) => new(NewHeader(secret, TimeSpan.Zero), LegacyHeader(secret));

    public static Func<byte[], string> NewHeader(string secret, TimeSpan age) =>
        body => WebhookSignature.HeaderValue(secret, DateTimeOffset.UtcNow - age, body);

    public static Func<byte[], string> LegacyHeader(string secret) => body => WebhookSignature.Legacy(secret, body);

    public void Sign(HttpRequestMessage request, byte[] body)
    {
        if (Signature is not null)
            request.Headers.Add(WebhookSignature.SignatureHeader, Signature(body));
        if (Legacy is not null)
            request.Headers.Add(WebhookSignature.LegacyHeader, Legacy(body));
    }
}
