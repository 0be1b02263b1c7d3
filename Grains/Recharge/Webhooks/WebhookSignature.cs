using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RechargeGrains.Grains.Recharge.Webhooks;

/// <summary>
/// Checks the signature of a webhook over its raw bytes, in constant time. Two schemes arrive together (webhooks overview, and the
/// changelog on timestamp verification): a true HMAC-SHA-256 over <c>t.body</c>, and the older SHA-256 of secret and body, which is no
/// HMAC whatever its header is called. Where the newer one is there, it alone counts.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "X-Recharge-Webhook-Signature";
    public const string LegacyHeader = "X-Recharge-Hmac-Sha256";

    /// <summary>A signature is good for 48 hours in both directions.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(48);

    /// <param name="signature">Value of <see cref="Header"/>, or null if there is none.</param>
    /// <param name="legacy">Value of <see cref="LegacyHeader"/>, or null if there is none.</param>
    /// <param name="body">The bytes as they came.</param>
    /// <param name="secrets">API client secrets, any of which may have signed.</param>
    /// <param name="now">The clock.</param>
    public static bool IsValid(string? signature, string? legacy, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        if (signature is not null)
            return IsValidTimestamped(signature, body, secrets, now);
        if (legacy is null || !TryReadDigest(legacy, out var expected))
            return false;
        var isValid = false;
        foreach (var secret in secrets)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes(secret));
            hash.AppendData(body);
            isValid |= CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), expected);
        }

        return isValid;
    }

    private static bool IsValidTimestamped(string signature, ReadOnlySpan<byte> body, IReadOnlyList<string> secrets, DateTimeOffset now)
    {
        string? timestamp = null;
        var digests = new List<byte[]>(1);
        foreach (var part in signature.Split(','))
        {
            var pair = part.Trim();
            if (pair.StartsWith("t=", StringComparison.Ordinal))
                timestamp = pair[2..];
            else if (pair.StartsWith("v1=", StringComparison.Ordinal) && digests.Count < 4 && TryReadDigest(pair[3..], out var digest))
                digests.Add(digest);
        }

        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            || (now - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Tolerance)
        {
            return false;
        }

        // In one piece: hashing piece by piece sets up more than it hashes.
        var buffer = ArrayPool<byte>.Shared.Rent(timestamp.Length + 1 + body.Length);
        var signed = buffer.AsSpan(0, timestamp.Length + 1 + body.Length);
        Encoding.ASCII.GetBytes(timestamp, signed);
        signed[timestamp.Length] = (byte)'.';
        body.CopyTo(signed[(timestamp.Length + 1)..]);
        Span<byte> actual = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isValid = false;
        foreach (var secret in secrets)
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed, actual);
            foreach (var digest in digests)
                isValid |= CryptographicOperations.FixedTimeEquals(actual, digest);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return isValid;
    }

    private static bool TryReadDigest(string hex, out byte[] digest)
    {
        digest = new byte[SHA256.HashSizeInBytes];
        return hex.Length == 2 * SHA256.HashSizeInBytes
            && Convert.FromHexString(hex, digest, out _, out _) == System.Buffers.OperationStatus.Done;
    }
}
