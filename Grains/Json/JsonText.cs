using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RechargeGrains.Grains.Json;

/// <summary>
/// Writes a small JSON object. Writer and buffer are used again by the thread: new ones for each record were more than what was written with them.
/// </summary>
internal sealed class JsonText
{
    // What is larger is seldom, and not worth keeping for each thread.
    private const int KeepBytes = 64 * 1024;

    [ThreadStatic]
    private static JsonText? _idle;

    private readonly ArrayBufferWriter<byte> _buffer = new(1_024);
    private readonly Utf8JsonWriter _writer;

    private JsonText() => _writer = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The object in UTF-8.</summary>
    public static byte[] BytesOf(Action<Utf8JsonWriter> fields) => Write(fields, static json => json.ToArray());

    public static string Of(Action<Utf8JsonWriter> fields) => Write(fields, static json => Encoding.UTF8.GetString(json));

    private static T Write<T>(Action<Utf8JsonWriter> fields, Func<ReadOnlySpan<byte>, T> result)
    {
        // One that is written while another is under way has its own.
        var text = _idle ?? new JsonText();
        _idle = null;
        text._buffer.ResetWrittenCount();
        text._writer.Reset();
        text._writer.WriteStartObject();
        fields(text._writer);
        text._writer.WriteEndObject();
        text._writer.Flush();
        var written = result(text._buffer.WrittenSpan);
        if (text._buffer.Capacity <= KeepBytes)
            _idle = text;
        return written;
    }
}
