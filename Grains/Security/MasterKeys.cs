using System.Diagnostics.CodeAnalysis;

namespace RechargeGrains.Grains.Security;

/// <summary>
/// The master keys of an installation. The first one encrypts, every one of them decrypts, so a key is rotated by
/// putting a new one in front and dropping the old one when nothing is sealed with it any more.
/// </summary>
public sealed class MasterKeys
{
    /// <summary>Bytes in a master key.</summary>
    public const int KeyBytes = 32;

    private const string Expected =
        "Security:MasterKey has to be one or more base64 keys of exactly 32 bytes each, separated by commas";

    private readonly byte[][] _keys;

    private MasterKeys(byte[][] keys) => _keys = keys;

    /// <summary>How many keys there are; at least one.</summary>
    public int Count => _keys.Length;

    internal IReadOnlyList<byte[]> Keys => _keys;

    /// <summary>Reads the value of <c>Security:MasterKey</c>.</summary>
    /// <exception cref="FormatException">It is not a list of keys. The message never carries the value.</exception>
    public static MasterKeys Parse(string? text) =>
        TryParse(text, out var keys, out var problem) ? keys : throw new FormatException(problem);

    /// <summary>
    /// Reads the value of <c>Security:MasterKey</c>, or says in one line what is expected and which key breaks the rule.
    /// The line never carries the value.
    /// </summary>
    public static bool TryParse(
        string? text, [NotNullWhen(true)] out MasterKeys? keys, [NotNullWhen(false)] out string? problem)
    {
        keys = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            problem = $"{Expected}; it is empty.";
            return false;
        }

        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var parsed = new byte[parts.Length][];
        for (var i = 0; i < parts.Length; i++)
        {
            var buffer = new byte[parts[i].Length];
            if (!Convert.TryFromBase64String(parts[i], buffer, out var length))
            {
                problem = $"{Expected}; key {i + 1} of {parts.Length} is not base64.";
                return false;
            }

            if (length != KeyBytes)
            {
                problem = $"{Expected}; key {i + 1} of {parts.Length} has {length} bytes.";
                return false;
            }

            parsed[i] = buffer[..length];
        }

        keys = new MasterKeys(parsed);
        problem = null;
        return true;
    }

    /// <summary>Says nothing about the keys, so that a log line cannot either.</summary>
    public override string ToString() => $"{Count} master key(s)";
}
