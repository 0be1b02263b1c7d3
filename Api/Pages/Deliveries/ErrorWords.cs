using System.Text.Json;

namespace RechargeGrains.Api.Pages.Deliveries;

/// <summary>What was wrong with a delivery, for people: of an answer in JSON only its message. Pure.</summary>
internal static class ErrorWords
{
    public static string Of(string error)
    {
        if (!error.TrimStart().StartsWith('{'))
            return error;
        try
        {
            using var json = JsonDocument.Parse(error);
            return json.RootElement.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : error;
        }
        catch (JsonException)
        {
            return error;
        }
    }
}
