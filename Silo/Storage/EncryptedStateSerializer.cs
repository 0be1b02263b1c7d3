using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Serialization;
using Orleans.Storage;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Storage;

/// <summary>
/// Grain state, sealed before any store sees it: nothing personal can be read in a database file, a table or a
/// backup without the master key, and a changed record is refused instead of believed.
/// </summary>
/// <remarks>
/// What has an Orleans codec of its own is written by it: the records that are written with each webhook. All others are JSON: web defaults, enums as
/// names, nulls left out. What is large is compressed first. Each form can be read whatever form is written. A record is sealed
/// for the state of this product and for no row in particular: the serializer is not told which row it works for.
/// </remarks>
public sealed class EncryptedStateSerializer(ISecretProtector protector, Serializer codecs) : IGrainStorageSerializer
{
    // The first byte says how the rest was made, so that another way can be added and old records still be read.
    // No JSON text starts with it. The purpose repeats it, so that it cannot be changed unnoticed.
    private const byte SealedJson = 1;
    private const byte SealedBrotliJson = 2;
    private const byte SealedBinary = 3;
    private const byte SealedBrotliBinary = 4;

    // Below this a record hardly shrinks.
    private const int CompressJsonAbove = 1024;

    // What is written with each webhook stays below this, mostly: to compress it would cost more than all the rest of its way to the store.
    private const int CompressBinaryAbove = 4096;

    private readonly ConcurrentDictionary<Type, object> _codecs = new();

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
        var isBinary = Codec<T>.IsGenerated;
        var plain = isBinary ? buffers.Binary(input, CodecOf<T>()) : buffers.Json(input, Json);
        if (plain.Length <= (isBinary ? CompressBinaryAbove : CompressJsonAbove))
            return Seal(isBinary ? SealedBinary : SealedJson, plain);
        FastBrotli.Compress(plain, buffers.Packed);
        return Seal(isBinary ? SealedBrotliBinary : SealedBrotliJson, buffers.Packed.WrittenSpan);
    }

    /// <inheritdoc />
    /// <exception cref="SecretUnreadableException">It was sealed with a key that is not configured, was changed, or was
    /// never sealed. State that is not sealed is refused, else whoever can write to the store could plant some.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        var stored = input.ToMemory().Span;
        var plain = Open(stored);
        if (stored[0] is SealedBrotliJson or SealedBrotliBinary)
            plain = FastBrotli.Decompress(plain);
        return stored[0] is SealedBinary or SealedBrotliBinary ? CodecOf<T>().Deserialize(plain)! : JsonSerializer.Deserialize<T>(plain, Json)!;
    }

    /// <summary>What stands behind the first byte of every record that is sealed with the key that seals today.</summary>
    internal ReadOnlyMemory<byte> CurrentHeader => protector.CurrentHeader;

    /// <summary>The same record, sealed with the key that seals today.</summary>
    /// <exception cref="SecretUnreadableException">As of <see cref="Deserialize"/>.</exception>
    internal byte[] SealAnew(ReadOnlySpan<byte> stored) => Seal(stored[0], Open(stored)).ToArray();

    private BinaryData Seal(byte form, ReadOnlySpan<byte> plain)
    {
        var stored = new byte[1 + protector.Overhead + plain.Length];
        stored[0] = form;
        protector.Protect(plain, PurposeOf(form), stored.AsSpan(1));
        return new BinaryData(stored);
    }

    private byte[] Open(ReadOnlySpan<byte> stored) => stored is [>= SealedJson and <= SealedBrotliBinary, .. var rest]
        ? protector.Unprotect(rest, PurposeOf(stored[0]))
        : throw new SecretUnreadableException("The stored state is not in a form that this version can read.");

    private static string PurposeOf(byte form) => form switch
    {
        SealedJson => "grain state, json",
        SealedBrotliJson => "grain state, brotli json",
        SealedBinary => "grain state, binary",
        _ => "grain state, brotli binary",
    };

    // To find a codec costs more than to use it.
    private Serializer<T> CodecOf<T>() => (Serializer<T>)_codecs.GetOrAdd(typeof(T), static (_, all) => all.GetSerializer<T>(), codecs);

    private static class Codec<T>
    {
        public static readonly bool IsGenerated = typeof(T).IsDefined(typeof(GenerateSerializerAttribute), inherit: false);
    }
}
