namespace RechargeGrains.Sandbox;

/// <summary>Picks records of a push by what a control call says of them; everything that it says has to hold.</summary>
internal sealed record RecordMatch(string? IdContains, string? Type, string? EmailContains)
{
    /// <summary>Reads <c>idContains</c>, <c>type</c> (of the event, or of the record) and <c>emailContains</c>; one at least is needed.</summary>
    public static Func<JsonElement, bool> Read(ControlCall call)
    {
        var match = new RecordMatch(call.Text("idContains"), call.Text("type"), call.Text("emailContains"));
        return match is { IdContains: null, Type: null, EmailContains: null }
            ? throw new ControlException("One of 'idContains', 'type' and 'emailContains' is needed.")
            : match.Holds;
    }

    private bool Holds(JsonElement record) =>
        (IdContains is null || Text(record, "id")?.Contains(IdContains, StringComparison.Ordinal) == true)
        && (Type is null || Text(record, "event_type") == Type || Text(record, "@type") == Type)
        && (EmailContains is null
            || (Text(record, "identity_email") ?? Text(record, "email"))?.Contains(EmailContains, StringComparison.OrdinalIgnoreCase) == true);

    private static string? Text(JsonElement record, string name) => record.TryGetProperty(name, out var value) ? value.ToString() : null;
}
