using RechargeGrains.Grains.Security;
using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Accounts;

/// <summary>
/// An API key as it is kept: sealed, so that neither a database nor a view of a grain's state shows it, with its last four characters.
/// </summary>
internal sealed record SealedKey(string Sealed, string Hint)
{
    private const int HintLength = 4;

    public static SealedKey Of(string apiKey, AccountKey account, ISecretProtector protector) =>
        new(protector.Protect(apiKey, Purpose(account)), HintOf(apiKey));

    public string Open(AccountKey account, ISecretProtector protector) => protector.Unprotect(Sealed, Purpose(account));

    /// <summary>The last four characters, or nothing of a key so short that they would give it away.</summary>
    public static string HintOf(string apiKey) => apiKey.Length >= 3 * HintLength ? apiKey[^HintLength..] : "";

    private static string Purpose(AccountKey account) => $"account/{account}";
}
