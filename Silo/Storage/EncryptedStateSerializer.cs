using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Storage;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Storage;

/// <summary>
/// Grain state as JSON, sealed before any store sees it: nothing personal can be read in a database file, a table or a
/// backup without the master key, and a changed record is refused instead of believed.
/// </summary>
/// <remarks>
/// Web defaults, enums as names, nulls left out. What is larger than a kilobyte is compressed first. A record is sealed
/// for the state of this product and for no row in particular: the serializer is not told which row it works for.
/// </remarks>
public sealed class EncryptedStateSerializer(ISecretProtector protector) : IGrainStorageSerializer
{
    // The first byte says how the rest was made, so that another way can be added and old records still be read.
    // No JSON text starts with it. The purpose repeats it, so that it cannot be changed unnoticed.
    private const byte SealedJson = 1;
    private const byte SealedBrotliJson = 2;
    private const string SealedJsonPurpose = "grain state, json";
    private const string SealedBrotliJsonPurpose = "grain state, brotli json";

    // Below this a record hardly shrinks.
    private const int CompressAbove = 1024;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <inheritdoc />
    public BinaryData Serialize<T>(T? input)
    {
        var buffers = SerializerBuffers.OfThisThread();
        var json = buffers.Json(input, Json);
        if (json.Length <= CompressAbove)
            return Seal(SealedJson, json, SealedJsonPurpose);
        FastBrotli.Compress(json, buffers.Packed);
        return Seal(SealedBrotliJson, buffers.Packed.WrittenSpan, SealedBrotliJsonPurpose);
    }

    /// <inheritdoc />
    /// <exception cref="SecretUnreadableException">It was sealed with a key that is not configured, was changed, or was
    /// never sealed. State that is not sealed is refused, else whoever can write to the store could plant some.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        var stored = input.ToMemory().Span;
        var json = stored switch
        {
            [SealedJson, .. var rest] => protector.Unprotect(rest, SealedJsonPurpose),
            [SealedBrotliJson, .. var rest] => FastBrotli.Decompress(protector.Unprotect(rest, SealedBrotliJsonPurpose)),
            _ => throw new SecretUnreadableException("The stored state is not in a form that this version can read."),
        };
        return JsonSerializer.Deserialize<T>(json, Json)!;
    }

    /// <summary>What stands behind the first byte of every record that is sealed with the key that seals today.</summary>
    internal ReadOnlyMemory<byte> CurrentHeader => protector.CurrentHeader;

    /// <summary>The same record, sealed with the key that seals today.</summary>
    /// <exception cref="SecretUnreadableException">As of <see cref="Deserialize"/>.</exception>
    internal byte[] SealAnew(ReadOnlySpan<byte> stored)
    {
        var (form, purpose) = stored switch
        {
            [SealedJson, ..] => (SealedJson, SealedJsonPurpose),
            [SealedBrotliJson, ..] => (SealedBrotliJson, SealedBrotliJsonPurpose),
            _ => throw new SecretUnreadableException("The stored state is not in a form that this version can read."),
        };
        return Seal(form, protector.Unprotect(stored[1..], purpose), purpose).ToArray();
    }

    private BinaryData Seal(byte form, ReadOnlySpan<byte> plain, string purpose)
    {
        var stored = new byte[1 + protector.Overhead + plain.Length];
        stored[0] = form;
        protector.Protect(plain, purpose, stored.AsSpan(1));
        return new BinaryData(stored);
    }
}
