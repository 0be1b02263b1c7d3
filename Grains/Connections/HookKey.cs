using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RechargeGrains.Grains.Connections;

/// <summary>The unguessable part of a connection's webhook addresses: 256 random bits as base64url.</summary>
public static class HookKey
{
    private const int Bytes = 32;
    private const int Characters = 43;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text can be a hook key at all; anything else needs no look-up.</summary>
    public static bool IsWellFormed(string text) => text.Length == Characters && Base64Url.IsValid(text);

    /// <summary>The key of the grain that knows it. A hash, so that no stored key opens an address.</summary>
    public static string GrainKeyOf(string hookKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(hookKey)));
}
