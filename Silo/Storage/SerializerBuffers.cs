using System.Buffers;
using System.Text.Json;
using Orleans.Serialization;

namespace RechargeGrains.Silo.Storage;

/// <summary>
/// What a record passes through on its way to the store, used again for the next one: segments are written often and are tens of
/// kilobytes, and new arrays for each were nearly half of all that the program allocated under load.
/// </summary>
internal sealed class SerializerBuffers
{
    // What is larger is seldom, and not worth keeping for each thread.
    private const int KeepBytes = 1024 * 1024;

    [ThreadStatic]
    private static SerializerBuffers? _ofThisThread;

    private ArrayBufferWriter<byte> _plain = new();
    private Utf8JsonWriter? _writer;

    /// <summary>For what was made of the plain record; empty.</summary>
    public ArrayBufferWriter<byte> Packed { get; private set; } = new();

    /// <summary>Empty buffers. They are good until the thread asks again, so nobody may wait in between.</summary>
    public static SerializerBuffers OfThisThread()
    {
        var buffers = _ofThisThread ??= new SerializerBuffers();
        buffers._plain = Emptied(buffers._plain);
        buffers.Packed = Emptied(buffers.Packed);
        return buffers;
    }

    /// <summary>The JSON of a value, good until the next call. The options have to be the same each time.</summary>
    public ReadOnlySpan<byte> Json<T>(T? value, JsonSerializerOptions options)
    {
        // The serializer leaves how text is escaped to the writer.
        _writer ??= new Utf8JsonWriter(_plain, new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true });
        _writer.Reset(_plain);
        JsonSerializer.Serialize(_writer, value, options);
        return _plain.WrittenSpan;
    }

    /// <summary>A value as its codec writes it, good until the next call.</summary>
    public ReadOnlySpan<byte> Binary<T>(T? value, Serializer<T> codec)
    {
        codec.Serialize(value, _plain);
        return _plain.WrittenSpan;
    }

    private static ArrayBufferWriter<byte> Emptied(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > KeepBytes)
            return new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        return buffer;
    }
}
