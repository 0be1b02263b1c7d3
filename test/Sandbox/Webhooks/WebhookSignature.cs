using System.Security.Cryptography;

namespace RechargeGrains.Sandbox;

/// <summary>The two signatures that Recharge puts on every delivery. The key of both is the API client secret.</summary>
public static class WebhookSignature
{
    public const string TopicHeader = "X-Recharge-Topic";
    public const string DomainHeader = "X-Recharge-External-Platform-Domain";
    public const string SignatureHeader = "X-Recharge-Webhook-Signature";
    public const string TimestampHeader = "X-Recharge-Webhook-Timestamp";
    public const string LegacyHeader = "X-Recharge-Hmac-Sha256";

    /// <summary>HMAC-SHA-256 over <c>t.body</c> in lower-case hex: the <c>v1</c> of the newer header.</summary>
    public static string V1(string secret, long unixSeconds, ReadOnlySpan<byte> body)
    {
        var prefix = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{unixSeconds}."));
        byte[] message = [.. prefix, .. body];
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message));
    }

    /// <summary>Plain SHA-256 over secret and body in lower-case hex. No HMAC, whatever the header's name says.</summary>
    public static string Legacy(string secret, ReadOnlySpan<byte> body)
    {
        byte[] message = [.. Encoding.UTF8.GetBytes(secret), .. body];
        return Convert.ToHexStringLower(SHA256.HashData(message));
    }

    /// <summary>The value of the newer header: <c>t=…,v1=…</c>.</summary>
    public static string HeaderValue(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var seconds = at.ToUnixTimeSeconds();
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={V1(secret, seconds, body)}");
    }
}
