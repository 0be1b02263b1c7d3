using System.Text.Json;
using System.Text.Json.Serialization;

namespace RechargeGrains.Grains.Recharge.Json;

/// <summary>
/// Reads a list of objects that stands inside another object. With anything else in it the whole list is read as missing: a list
/// without some of its rows would be taken for complete.
/// </summary>
internal sealed class ObjectsOrNothing<T> : JsonConverter<List<T>?>
    where T : class
{
    public override bool HandleNull => true;

    public override List<T>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return null;
        }

        List<T>? rows = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                var row = JsonSerializer.Deserialize<T>(ref reader, options)!;
                rows?.Add(row);
                continue;
            }

            reader.Skip();
            rows = null;
        }

        return rows;
    }

    public override void Write(Utf8JsonWriter writer, List<T>? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Recharge's objects are only read.");
}
