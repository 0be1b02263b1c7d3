namespace RechargeGrains.Sandbox;

/// <summary>A record that was accepted and found wrong later.</summary>
public sealed record PushError(
    string Message, string Path, string RequestId, string RecordType, string? RecordId, JsonElement Record, DateTimeOffset At)
{
    internal JsonObject ToJson(bool rich)
    {
        var message = new JsonObject { ["error_message"] = Message, ["error_path"] = Path };
        return !rich ? message : new JsonObject
        {
            ["request_id"] = RequestId,
            ["record_type"] = RecordType,
            ["record_id"] = RecordId,
            ["record"] = JsonNode.Parse(Record.GetRawText()),
            ["timestamp"] = Shape202111.Instant(At),
            ["message"] = message,
        };
    }
}
