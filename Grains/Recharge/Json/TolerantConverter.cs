using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RechargeGrains.Grains.Recharge.Json;

/// <summary>
/// Reads a scalar however Recharge spells it today: a number as text, text as a number, 0/1 as a truth value. What makes no sense
/// is read as missing, because one odd field must not cost the whole message (fact: types drift between years).
/// </summary>
internal abstract class TolerantConverter<T> : JsonConverter<T?>
{
    public override bool HandleNull => true;

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return TextOf(ref reader) is { } text ? Parse(text.Trim()) : default;
            case JsonTokenType.Number:
                return Parse(reader.HasValueSequence
                    ? Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence))
                    : Encoding.UTF8.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return Parse("true");
            case JsonTokenType.False:
                return Parse("false");
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                reader.Skip();
                return default;
            default:
                return default;
        }
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        writer.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(value));

    protected abstract T? Parse(string text);

    private static string? TextOf(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a character pair, or bytes that are no UTF-8: valid JSON all the same, and there is no other way to find out.
            return null;
        }
    }
}
