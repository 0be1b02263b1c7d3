namespace RechargeGrains.Grains.Security;

/// <summary>
/// Seals and opens secrets. What is sealed can be read only with the same master key and the same purpose, and any
/// change to it is noticed.
/// </summary>
public interface ISecretProtector
{
    /// <summary>Seals a text as base64url. The same text gives another result each time.</summary>
    /// <param name="plaintext">The secret.</param>
    /// <param name="purpose">Where it belongs, for instance <c>tenant/acme/account/ometria</c>. A sealed text moved
    /// to another place cannot be opened there.</param>
    string Protect(string plaintext, string purpose);

    /// <summary>Opens what <see cref="Protect(string, string)"/> sealed for the same purpose.</summary>
    /// <exception cref="SecretUnreadableException">Another key or purpose, or not as it was sealed.</exception>
    string Unprotect(string protectedText, string purpose);

    /// <summary>Whether it is sealed with the key that seals today. What is not could not be opened once its key is taken away.</summary>
    bool IsCurrent(string protectedText);

    /// <inheritdoc cref="IsCurrent(string)"/>
    bool IsCurrent(ReadOnlySpan<byte> sealedBytes);

    /// <summary>The first bytes of everything that is sealed with the key that seals today, and of nothing else.</summary>
    ReadOnlyMemory<byte> CurrentHeader { get; }

    /// <summary>How many bytes longer sealed bytes are than what was sealed.</summary>
    int Overhead { get; }

    /// <summary>Seals bytes. The result is longer by <see cref="Overhead"/>.</summary>
    byte[] Protect(ReadOnlySpan<byte> plaintext, string purpose);

    /// <summary>Seals bytes into a buffer that is exactly as long as the result.</summary>
    /// <exception cref="ArgumentException">The buffer has another length.</exception>
    void Protect(ReadOnlySpan<byte> plaintext, string purpose, Span<byte> destination);

    /// <summary>Opens what <see cref="Protect(ReadOnlySpan{byte}, string)"/> sealed for the same purpose.</summary>
    /// <exception cref="SecretUnreadableException">Another key or purpose, or not as it was sealed.</exception>
    byte[] Unprotect(ReadOnlySpan<byte> sealedBytes, string purpose);
}
