using System.Text.Json;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Ometria;

/// <summary>Reads Ometria's list of errors in both of its known shapes. Pure; what cannot be read is skipped.</summary>
internal static class PushErrorReader
{
    /// <summary>The list never has more (page on listing errors).</summary>
    private const int Most = 100;

    private const int MaxText = 300;

    /// <summary>Null for what is no list of errors.</summary>
    public static IReadOnlyList<PushError>? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Take(Most).Select(ReadOne).OfType<PushError>()]
                : null;
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // No JSON, or text with half characters in it.
            return null;
        }
    }

    private static PushError? ReadOne(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return null;
        var words = error.TryGetProperty("message", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : error;
        return Text(words, "error_message") is { } message
            ? new PushError
            {
                Message = message,
                Path = Text(words, "error_path"),
                RequestId = Text(error, "request_id"),
                RecordType = Text(error, "record_type"),
                RecordId = Text(error, "record_id"),
                Timestamp = Text(error, "timestamp"),
                Collection = error.TryGetProperty("record", out var record) && record.ValueKind == JsonValueKind.Object ? Text(record, "@collection") : null,
            }
            : null;
    }

    private static string? Text(JsonElement from, string name) =>
        !from.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() is { } text && text.Length > MaxText ? text[..MaxText] : value.GetString()
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText()
        : null;
}
