using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RechargeGrains.Grains.People;

/// <summary>The secret of an invitation: 256 random bits, of which only the hash is kept.</summary>
internal static class InvitationCode
{
    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    public static bool Matches(string code, string hash) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(HashOf(code)), Encoding.ASCII.GetBytes(hash));
}
