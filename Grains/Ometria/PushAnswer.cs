using System.Globalization;
using System.Net;
using System.Text.Json;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Ometria;

/// <summary>
/// Makes a result of an answer to a push (article on the push API). Pure. Every field may be missing, and numbers may be texts;
/// <c>rejected_items</c> is seen by clients and documented by nobody, so it is read as ids or as objects that have one.
/// </summary>
internal static class PushAnswer
{
    /// <summary>Enough of an answer to tell what was wrong; the shape of error bodies is not documented.</summary>
    private const int MaxDetail = 500;

    /// <summary>However long Ometria asks us to wait: a time beyond it is rather a mistake, and trying once costs little.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    /// <param name="status">HTTP status.</param>
    /// <param name="text">Body.</param>
    /// <param name="retryAfter">How long to wait, if the answer says so.</param>
    /// <param name="records">Records that were pushed.</param>
    public static PushResult Read(HttpStatusCode status, string text, TimeSpan? retryAfter, int records)
    {
        var outcome = PushClassifier.Classify(status);
        var result = new PushResult
        {
            Outcome = outcome,
            Status = (int)status,
            RetryAfter = retryAfter > LongestWait ? LongestWait : retryAfter,
            // What a gateway says tells nothing of what became of the push behind it.
            MayHaveArrived = status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout,
            Detail = outcome == PushOutcome.Accepted ? null : Shortened(text),
        };
        return outcome == PushOutcome.Accepted && text.Length > 0 ? ReadBody(result, text, records) : result;
    }

    private static PushResult ReadBody(PushResult result, string text, int records)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return result with
                {
                    RequestId = Text(document.RootElement, "request_id"),
                    Rejected = Math.Clamp(Number(document.RootElement, "rejected") ?? 0, 0, records),
                    RejectedIds = RejectedIds(document.RootElement),
                };
            }
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // No JSON, or text with half characters in it.
        }

        // Some page of something in between, and not Ometria's word on what it took.
        return result with { Outcome = PushOutcome.Unavailable, MayHaveArrived = true, Detail = "The answer was not Ometria's." };
    }

    private static string? Text(JsonElement answer, string name) => answer.TryGetProperty(name, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static int? Number(JsonElement answer, string name) =>
        int.TryParse(Text(answer, name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IReadOnlyList<string> RejectedIds(JsonElement answer) =>
        answer.TryGetProperty("rejected_items", out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray().Select(IdOf).OfType<string>()]
            : [];

    private static string? IdOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object ? Text(item, "id") ?? Text(item, "record_id") : Text(item);

    private static string Shortened(string text)
    {
        if (text.Length <= MaxDetail)
            return text;
        return text[..(char.IsHighSurrogate(text[MaxDetail - 1]) ? MaxDetail - 1 : MaxDetail)];
    }
}
