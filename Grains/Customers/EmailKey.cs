using System.Security.Cryptography;
using System.Text;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Customers;

/// <summary>Makes the key of the e-mail index: a keyed hash, so that an address can be neither read nor guessed from a stored key.</summary>
public static class EmailKey
{
    public static string Of(ConnectionKey connection, string email, string salt)
    {
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes(email.Trim().ToLowerInvariant()));
        return $"{connection}/{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }
}
