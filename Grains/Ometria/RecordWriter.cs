using System.Globalization;
using RechargeGrains.Contacts;
using RechargeGrains.Grains.Json;
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

    /// <summary>A character that has to be escaped.</summary>
    private const int MaxBytesPerChar = 6;

    /// <summary>Our own collection, so that no other source's listing is touched.</summary>
    public const string Collection = "recharge";

    /// <summary>A contact with both numbers, each time: Ometria does not say whether a merge reaches inside <c>properties</c>.</summary>
    public static byte[] Contact(ContactChange contact) => JsonText.BytesOf(json =>
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
    public static byte[] Contact(ContactName contact) => JsonText.BytesOf(json =>
    {
        json.WriteString("@type", "contact");
        json.WriteString("@collection", Collection);
        json.WriteBoolean("@merge", true);
        json.WriteString("id", contact.CustomerId.ToString(CultureInfo.InvariantCulture));
        json.WriteString("email", contact.Email);
    });

    public static byte[] Event(OutboundEvent told, string eventType, DateTimeOffset timestamp) => JsonText.BytesOf(json =>
    {
        json.WriteString("@type", "custom_event");
        json.WriteString("id", told.EventId);
        json.WriteString("event_type", eventType);
        json.WriteString("timestamp", Timestamp(timestamp));
        json.WriteString("identity_email", told.Email);
        json.WritePropertyName("properties");
        json.WriteRawValue(told.PropertiesJson);
    });

    /// <summary>Whether an event may be larger than Ometria takes: what cannot be is not written only to be measured.</summary>
    public static bool MayBeTooLarge(OutboundEvent told) => MaxBytesPerChar * (told.PropertiesJson.Length + told.Email.Length) > MaxRecordBytes / 2;

    /// <summary>UTC with its offset, as in Ometria's own sample.</summary>
    public static string Timestamp(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
