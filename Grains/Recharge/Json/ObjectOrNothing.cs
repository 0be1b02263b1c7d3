using System.Text.Json;
using System.Text.Json.Serialization;

namespace RechargeGrains.Grains.Recharge.Json;

/// <summary>Reads an object that stands inside another; anything else in its place is read as missing.</summary>
internal sealed class ObjectOrNothing<T> : JsonConverter<T?>
    where T : class
{
    public override bool HandleNull => true;

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return JsonSerializer.Deserialize<T>(ref reader, options);
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Recharge's objects are only read.");
}
