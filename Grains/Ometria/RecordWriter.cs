using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RechargeGrains.Contacts;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Ometria;

/// <summary>
/// Writes the records of a push. Consent fields (<c>marketing_optin</c>, <c>channels</c>, <c>@force_optin</c>, subscription times) are never
/// written, so that no push can change who may be mailed.
/// </summary>
internal static class RecordWriter
{
    /// <summary>60 KB for each record (API introduction). Whether that is 1,000 or 1,024 is not said: the smaller is kept to.</summary>
    public const int MaxRecordBytes = 60_000;

    public const int MaxBatch = 100;

    /// <summary>Our own collection, so that no other source's listing is touched.</summary>
    public const string Collection = "recharge";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A contact with both numbers, each time: Ometria does not say whether a merge reaches inside <c>properties</c>.</summary>
    public static byte[] Contact(ContactChange contact) => Write(json =>
    {
        json.WriteString("@type", "contact");
        json.WriteString("@collection", Collection);
        json.WriteBoolean("@merge", true);
        json.WriteString("id", contact.CustomerId.ToString(CultureInfo.InvariantCulture));
        json.WriteString("email", contact.Email);
        json.WriteStartObject("properties");
        json.WriteNumber("total_subscription", contact.Numbers.Total);
        json.WriteNumber("active_subscriptions", contact.Numbers.Active);
        json.WriteEndObject();
    });

    /// <summary>A contact without numbers, so that Ometria knows who an event is about before the numbers are known. What it has stays.</summary>
    public static byte[] Contact(ContactName contact) => Write(json =>
    {
        json.WriteString("@type", "contact");
        json.WriteString("@collection", Collection);
        json.WriteBoolean("@merge", true);
        json.WriteString("id", contact.CustomerId.ToString(CultureInfo.InvariantCulture));
        json.WriteString("email", contact.Email);
    });

    public static byte[] Event(OutboundEvent told, string eventType, DateTimeOffset timestamp) => Write(json =>
    {
        json.WriteString("@type", "custom_event");
        json.WriteString("id", told.EventId);
        json.WriteString("event_type", eventType);
        json.WriteString("timestamp", Timestamp(timestamp));
        json.WriteString("identity_email", told.Email);
        json.WritePropertyName("properties");
        json.WriteRawValue(told.PropertiesJson);
    });

    /// <summary>UTC with its offset, as in Ometria's own sample.</summary>
    public static string Timestamp(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static byte[] Write(Action<Utf8JsonWriter> fields)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            fields(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
