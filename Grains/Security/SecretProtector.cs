using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RechargeGrains.Grains.Security;

/// <summary>
/// AES-256-GCM under keys derived from the <see cref="MasterKeys"/>. Secrets and stored state have separate keys, so
/// neither can be passed off as the other. Safe for any number of threads.
/// </summary>
/// <remarks>
/// Layout: version (1 byte), key id (4), nonce (12), tag (16), ciphertext. The first five bytes and the purpose are
/// authenticated with it.
/// </remarks>
public sealed class SecretProtector : ISecretProtector
{
    /// <summary>The DI key of the protector that seals grain state. The one without a key seals secrets.</summary>
    public const string StateServiceKey = "state";

    private const byte LayoutVersion = 1;
    private const int KeyIdBytes = 4;
    private const int HeaderBytes = 1 + KeyIdBytes;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int OverheadBytes = HeaderBytes + NonceBytes + TagBytes;

    /// <summary>Enough for the purposes of state; longer ones are sealed seldom.</summary>
    private const int SmallBytes = 128;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly DerivedKey[] _keys;

    private SecretProtector(MasterKeys masterKeys, string use)
    {
        _keys = [.. masterKeys.Keys.Select(key => DerivedKey.From(key, use))];
        var header = new byte[HeaderBytes];
        WriteHeader(header);
        CurrentHeader = header;
    }

    /// <summary>The protector of API keys, client secrets and the like.</summary>
    public static SecretProtector ForSecrets(MasterKeys keys) => new(keys, "secrets");

    /// <summary>The protector of grain state on its way to a store.</summary>
    public static SecretProtector ForState(MasterKeys keys) => new(keys, "state");

    /// <inheritdoc />
    public string Protect(string plaintext, string purpose)
    {
        ArgumentNullException.ThrowIfNull(plaintext);
        return Base64Url.EncodeToString(Protect(StrictUtf8.GetBytes(plaintext), purpose));
    }

    /// <inheritdoc />
    public string Unprotect(string protectedText, string purpose)
    {
        ArgumentNullException.ThrowIfNull(protectedText);
        byte[] sealedBytes;
        try
        {
            sealedBytes = Base64Url.DecodeFromChars(protectedText);
        }
        catch (FormatException error)
        {
            throw new SecretUnreadableException("The secret is not in the form it was sealed in (base64url).", error);
        }

        return StrictUtf8.GetString(Unprotect(sealedBytes, purpose));
    }

    /// <inheritdoc />
    public int Overhead => OverheadBytes;

    /// <inheritdoc />
    public ReadOnlyMemory<byte> CurrentHeader { get; }

    /// <inheritdoc />
    public bool IsCurrent(ReadOnlySpan<byte> sealedBytes) => sealedBytes.StartsWith(CurrentHeader.Span);

    /// <inheritdoc />
    public bool IsCurrent(string protectedText)
    {
        ArgumentNullException.ThrowIfNull(protectedText);
        return Base64Url.IsValid(protectedText) && IsCurrent(Base64Url.DecodeFromChars(protectedText));
    }

    /// <inheritdoc />
    public byte[] Protect(ReadOnlySpan<byte> plaintext, string purpose)
    {
        var result = new byte[OverheadBytes + plaintext.Length];
        Protect(plaintext, purpose, result);
        return result;
    }

    /// <inheritdoc />
    public void Protect(ReadOnlySpan<byte> plaintext, string purpose, Span<byte> destination)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        if (destination.Length != OverheadBytes + plaintext.Length)
            throw new ArgumentException($"The buffer has to be {OverheadBytes} bytes longer than what is sealed.", nameof(destination));
        var key = _keys[0];
        WriteHeader(destination);
        var nonce = destination.Slice(HeaderBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);

        key.OfThisThread.Encrypt(
            nonce,
            plaintext,
            destination[OverheadBytes..],
            destination.Slice(HeaderBytes + NonceBytes, TagBytes),
            AssociatedData(destination[..HeaderBytes], purpose, stackalloc byte[SmallBytes]));
    }

    /// <inheritdoc />
    public byte[] Unprotect(ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        if (sealedBytes.Length < OverheadBytes || sealedBytes[0] != LayoutVersion)
            throw new SecretUnreadableException("The secret is not in a form that this version can read.");

        var id = BinaryPrimitives.ReadUInt32BigEndian(sealedBytes[1..]);
        var keyFound = false;
        foreach (var key in _keys)
        {
            if (key.Id != id)
                continue;

            keyFound = true;
            if (TryOpen(key, sealedBytes, purpose) is { } plaintext)
                return plaintext;
        }

        throw new SecretUnreadableException(keyFound
            ? "The secret was changed since it was sealed, or it was sealed for another purpose."
            : $"The secret was sealed with master key {id:x8}, which is not among the {_keys.Length} in Security:MasterKey.");
    }

    private void WriteHeader(Span<byte> destination)
    {
        destination[0] = LayoutVersion;
        BinaryPrimitives.WriteUInt32BigEndian(destination[1..], _keys[0].Id);
    }

    private static byte[]? TryOpen(DerivedKey key, ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        var plaintext = new byte[sealedBytes.Length - OverheadBytes];
        try
        {
            key.OfThisThread.Decrypt(
                sealedBytes.Slice(HeaderBytes, NonceBytes),
                sealedBytes[OverheadBytes..],
                sealedBytes.Slice(HeaderBytes + NonceBytes, TagBytes),
                plaintext,
                AssociatedData(sealedBytes[..HeaderBytes], purpose, stackalloc byte[SmallBytes]));
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<byte> AssociatedData(ReadOnlySpan<byte> header, string purpose, Span<byte> buffer)
    {
        if (HeaderBytes + StrictUtf8.GetMaxByteCount(purpose.Length) > buffer.Length)
            return (byte[])[.. header, .. StrictUtf8.GetBytes(purpose)];
        header.CopyTo(buffer);
        return buffer[..(HeaderBytes + StrictUtf8.GetBytes(purpose, buffer[HeaderBytes..]))];
    }

    private sealed class DerivedKey(uint id, byte[] value)
    {
        // One is not safe to share between threads; to make one for each record costs more than to seal it.
        private readonly ThreadLocal<AesGcm> _aes = new(() => new AesGcm(value, TagBytes));

        public uint Id => id;

        public AesGcm OfThisThread => _aes.Value!;

        public static DerivedKey From(byte[] masterKey, string use) => new(
            BinaryPrimitives.ReadUInt32BigEndian(Derive(masterKey, "key id", KeyIdBytes)),
            Derive(masterKey, use, MasterKeys.KeyBytes));

        private static byte[] Derive(byte[] masterKey, string use, int length) => HKDF.DeriveKey(
            HashAlgorithmName.SHA256, masterKey, length, info: Encoding.ASCII.GetBytes("recharge-grains/v1/" + use));
    }
}
