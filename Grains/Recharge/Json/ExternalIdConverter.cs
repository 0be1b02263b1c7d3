using System.Text.Json;
using System.Text.Json.Serialization;

namespace RechargeGrains.Grains.Recharge.Json;

/// <summary>Reads <c>{"ecommerce": "…"}</c>, the shape of every external id in 2021-11, or a bare id.</summary>
internal sealed class ExternalIdConverter : JsonConverter<string?>
{
    private static readonly TolerantString Scalar = new();

    public override bool HandleNull => true;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return Scalar.Read(ref reader, typeToConvert, options);

        string? id = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isShop = !reader.ValueIsEscaped && reader.ValueTextEquals("ecommerce"u8);
            reader.Read();
            var text = Scalar.Read(ref reader, typeToConvert, options);
            if (isShop)
                id = text;
        }

        return id;
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Recharge's objects are only read.");
}
