namespace RechargeGrains.Grains.Security;

/// <summary>Seals anew what an older master key has sealed, so that the older one can be taken away.</summary>
internal static class SecretRenewal
{
    /// <summary>The same secret, sealed with the key that seals today.</summary>
    public static string Renewed(this ISecretProtector protector, string protectedText, string purpose) =>
        protector.IsCurrent(protectedText) ? protectedText : protector.Protect(protector.Unprotect(protectedText, purpose), purpose);
}
