namespace RechargeGrains.Keys;

/// <summary>Reads and makes the parts that keys are put together from.</summary>
public static class KeyText
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A new id: the prefix, an underscore, and 80 random bits as 16 characters without look-alikes.</summary>
    public static string NewId(string prefix) => $"{prefix}_{System.Security.Cryptography.RandomNumberGenerator.GetString(Alphabet, 16)}";

    internal static (string First, string Second) Two(string key, string shape)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < key.Length - 1 && key.IndexOf('/', slash + 1) < 0
            ? (key[..slash], key[(slash + 1)..])
            : throw new FormatException($"'{key}' is not of the form {shape}.");
    }
}
