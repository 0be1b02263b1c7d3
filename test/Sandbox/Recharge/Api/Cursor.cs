using System.Buffers.Text;

namespace RechargeGrains.Sandbox;

/// <summary>What a cursor carries: the filters of the first page, the order, and the row where the page ended.</summary>
internal sealed record Cursor(string Resource, Dictionary<string, string> Query, long LastValue, long LastId, bool Backwards)
{
    public string Encode() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));

    /// <exception cref="RechargeRefusal">It is not a cursor of this resource.</exception>
    public static Cursor Decode(string resource, string text)
    {
        try
        {
            if (JsonSerializer.Deserialize<Cursor>(Base64Url.DecodeFromChars(text)) is { Query: not null } cursor && cursor.Resource == resource)
                return cursor;
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            // Answered below like any other cursor that is not ours.
        }

        throw RechargeRefusal.Field("cursor", "Invalid value");
    }
}
