using System.Runtime.InteropServices;

namespace RechargeGrains.Sandbox;

/// <summary>A push body that passed the checks made before anything is queued.</summary>
internal sealed record PushBatch(string Type, IReadOnlyList<JsonElement> Records)
{
    public const int MostRecords = 100;
    public const int LargestRecord = 60_000;

    private static readonly string[] Types = ["contact", "order", "product", "custom_event"];

    /// <summary>Reads the body. The error is null when there is a batch.</summary>
    public static (PushBatch? Batch, string? Error) Read(ReadOnlyMemory<byte> body)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(body);
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return (null, "Payload invalid: not JSON.");
        }

        if (root.ValueKind != JsonValueKind.Array)
            return (null, "Payload invalid: not an array.");
        var records = root.EnumerateArray().ToArray();
        if (records.Length is 0 or > MostRecords)
            return (null, "Payload invalid: 1 to 100 records are allowed.");
        if (Array.Exists(records, record => JsonMarshal.GetRawUtf8Value(record).Length > LargestRecord))
            return (null, "Payload invalid: Record is too large.");
        var types = records.Select(TypeOf).Distinct().ToArray();
        return types is [{ } type] && Types.Contains(type)
            ? (new PushBatch(type, records), null)
            : (null, "Payload invalid: one known @type is needed for all records.");
    }

    private static string? TypeOf(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty("@type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : null;
}
