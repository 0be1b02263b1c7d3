namespace RechargeGrains.Sandbox;

/// <summary>
/// The rules for a record once its push was accepted. What Ometria would not take is fatal and goes to the list of
/// errors; what it would take and a Recharge connector must never send (consent, dates of subscription) is noted only.
/// </summary>
internal static partial class RecordRules
{
    public const int LongestEventType = 31;
    public const int LongestText = 512;

    private static readonly string[] Consent =
        ["marketing_optin", "channels", "@force_optin", "timestamp_subscribed", "timestamp_unsubscribed"];

    private static readonly string[] Counters = ["total_subscription", "active_subscriptions"];

    private static readonly string[] Catalogue = ["product_id", "variant_id"];

    public static IReadOnlyList<RecordFinding> Check(JsonElement record, string type)
    {
        var findings = new List<RecordFinding>();
        if (type == "contact")
            CheckContact(record, findings);
        else if (type == "custom_event")
            CheckEvent(record, findings);
        return findings;
    }

    /// <summary>The id of a record as text, if it has one.</summary>
    public static string? IdOf(JsonElement record) => TextOf(record, "id");

    /// <summary>A field of a record as text, if it has it.</summary>
    public static string? TextOf(JsonElement record, string name) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(name, out var value) ? value.ToString() : null;

    /// <summary>The subscription that an event says it is about.</summary>
    public static long? SubscriptionId(JsonElement record) =>
        record.TryGetProperty("properties", out var properties)
        && long.TryParse(TextOf(properties, "subscription_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    /// <summary>The instant at which an event says it happened.</summary>
    public static DateTimeOffset? OccurredAt(JsonElement record) =>
        record.TryGetProperty("properties", out var properties)
        && DateTimeOffset.TryParse(TextOf(properties, "occurred_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;

    /// <summary>The instant of an event; null when it is no ISO-8601 datetime with an offset.</summary>
    public static DateTimeOffset? Timestamp(JsonElement record) =>
        record.TryGetProperty("timestamp", out var value) && value.ValueKind == JsonValueKind.String
        && IsoInstant().IsMatch(value.GetString()!)
        && DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? instant
            : null;

    private static void CheckContact(JsonElement record, List<RecordFinding> findings)
    {
        RequireText(record, "id", findings);
        RequireText(record, "email", findings);
        foreach (var name in Consent.Where(name => record.TryGetProperty(name, out _)))
            findings.Add(new RecordFinding("forbidden_field", $"root > {name}", Fatal: false));
        if (!record.TryGetProperty("@merge", out var merge) || merge.ValueKind != JsonValueKind.True)
            findings.Add(new RecordFinding("merge_is_not_true", "root > @merge", Fatal: false));
        if (!IsText(record, "@collection"))
            findings.Add(new RecordFinding("no_collection", "root > @collection", Fatal: false));
        if (!record.TryGetProperty("properties", out var properties))
            return;
        if (properties.ValueKind != JsonValueKind.Object)
        {
            findings.Add(new RecordFinding("not_an_object", "root > properties", Fatal: true));
            return;
        }

        foreach (var name in Counters)
        {
            if (properties.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Number)
                findings.Add(new RecordFinding("not_a_number", $"root > properties > {name}", Fatal: true));
        }
    }

    private static void CheckEvent(JsonElement record, List<RecordFinding> findings)
    {
        RequireText(record, "id", findings);
        RequireText(record, "event_type", findings);
        RequireText(record, "identity_email", findings);
        if (Timestamp(record) is null)
            findings.Add(new RecordFinding("not_an_iso_instant_with_offset", "root > timestamp", Fatal: true));
        if (IsText(record, "event_type") && record.GetProperty("event_type").GetString()!.Length > LongestEventType)
            findings.Add(new RecordFinding("event_type_too_long", "root > event_type", Fatal: false));
        if (!record.TryGetProperty("properties", out var properties))
            return;
        if (properties.ValueKind != JsonValueKind.Object)
        {
            findings.Add(new RecordFinding("not_an_object", "root > properties", Fatal: true));
            return;
        }

        foreach (var property in properties.EnumerateObject())
            CheckProperty(property, findings);
    }

    private static void CheckProperty(JsonProperty property, List<RecordFinding> findings)
    {
        var path = $"root > properties > {property.Name}";
        if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString()!.Length > LongestText)
            findings.Add(new RecordFinding("text_too_long", path, Fatal: true));
        if (Catalogue.Contains(property.Name) && !IsListOfTexts(property.Value))
            findings.Add(new RecordFinding("not_a_list_of_texts", path, Fatal: true));
    }

    private static bool IsListOfTexts(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String);

    private static void RequireText(JsonElement record, string name, List<RecordFinding> findings)
    {
        if (!IsText(record, name))
            findings.Add(new RecordFinding("missing_or_not_text", $"root > {name}", Fatal: true));
    }

    private static bool IsText(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0;

    [System.Text.RegularExpressions.GeneratedRegex(@"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$")]
    private static partial System.Text.RegularExpressions.Regex IsoInstant();
}
