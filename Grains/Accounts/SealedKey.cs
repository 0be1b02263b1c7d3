using RechargeGrains.Grains.Security;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Accounts;

/// <summary>
/// An API key as it is kept: sealed, so that neither a database nor a view of a grain's state shows it, with its last four characters.
/// </summary>
internal sealed record SealedKey(string Sealed, string Hint)
{
    private const int HintLength = 4;

    /// <param name="secret">The key.</param>
    /// <param name="account">Whose it is.</param>
    /// <param name="use">What it is for. A key that was moved to another account or use cannot be opened there.</param>
    /// <param name="protector">Seals it.</param>
    public static SealedKey Of(string secret, AccountKey account, string use, ISecretProtector protector) =>
        new(protector.Protect(secret, Purpose(account, use)), HintOf(secret));

    public string Open(AccountKey account, string use, ISecretProtector protector) => protector.Unprotect(Sealed, Purpose(account, use));

    /// <summary>The same key, sealed with the master key that seals today.</summary>
    public SealedKey Renewed(AccountKey account, string use, ISecretProtector protector) =>
        this with { Sealed = protector.Renewed(Sealed, Purpose(account, use)) };

    /// <summary>The last four characters, or nothing of a key so short that they would give it away.</summary>
    public static string HintOf(string apiKey) => apiKey.Length >= 3 * HintLength ? apiKey[^HintLength..] : "";

    private static string Purpose(AccountKey account, string use) => $"account/{account}/{use}";
}
