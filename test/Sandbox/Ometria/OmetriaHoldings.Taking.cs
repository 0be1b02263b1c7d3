using System.Collections.Immutable;

namespace RechargeGrains.Sandbox;

public sealed partial class OmetriaHoldings
{
    private static readonly JsonElement Empty = JsonSerializer.SerializeToElement(new JsonObject());

    internal void Log(PushLogEntry entry)
    {
        _pushes.Add(entry);
        _changed.Raise();
    }

    internal void Answered(PushLogEntry entry, PushAnswer answer)
    {
        entry.Answer = answer;
        _changed.Raise();
    }

    /// <summary>Takes records out of the queue: checks each and keeps those that are good, and that are not <paramref name="invalid"/> anyway.</summary>
    internal void Take(string type, IReadOnlyList<JsonElement> records, string requestId, Func<JsonElement, bool>? invalid = null)
    {
        lock (_gate)
        {
            foreach (var record in records)
            {
                // What is made to be invalid breaks no rule: it is no violation of whoever sent it.
                if (invalid?.Invoke(record) == true)
                {
                    AddError("root", type, record, requestId);
                    AddRefused(type, record);
                }
                else if (Passes(type, record, requestId))
                    Keep(type, record, requestId);
            }
        }

        _changed.Raise();
    }

    private bool Passes(string type, JsonElement record, string requestId)
    {
        var findings = RecordRules.Check(record, type);
        foreach (var finding in findings)
        {
            _violations.Add(new OmetriaViolation(finding.Rule, RecordRules.IdOf(record), finding.Path));
            if (finding.Fatal)
                AddError(finding.Path, type, record, requestId);
        }

        return findings.All(finding => !finding.Fatal);
    }

    /// <summary>Loses a contact, as if it had never been pushed. False if there is none.</summary>
    public bool LoseContact(string id, string collection = "recharge")
    {
        lock (_gate)
        {
            if (!_contacts.Remove((collection, id), out var lost))
                return false;
            _contactsByEmail[lost.Email].Remove((collection, id));
            _profiles.Remove(lost.Email);
        }

        _changed.Raise();
        return true;
    }

    /// <summary>Gives a contact other numbers than were pushed. False if there is none.</summary>
    public bool SpoilContact(string id, int total, int active, string collection = "recharge")
    {
        lock (_gate)
        {
            if (!_contacts.TryGetValue((collection, id), out var contact))
                return false;
            var record = JsonObject.Create(contact.Record.Clone())!;
            record["properties"] = new JsonObject { ["total_subscription"] = total, ["active_subscriptions"] = active };
            _contacts[(collection, id)] = contact with { Record = JsonSerializer.SerializeToElement(record) };
        }

        _changed.Raise();
        return true;
    }

    /// <summary>Notes events that a fault kept from being taken.</summary>
    internal void Refuse(string type, IEnumerable<JsonElement> records)
    {
        lock (_gate)
        {
            foreach (var record in records)
                AddRefused(type, record);
        }
    }

    private void AddRefused(string type, JsonElement record)
    {
        if (type != "custom_event" || RecordRules.IdOf(record) is not { } id)
            return;
        _timesAccepted.TryAdd(id, 0);
        _refused.Add(new RefusedEvent(id, RecordRules.TextOf(record, "event_type"), RecordRules.SubscriptionId(record), RecordRules.OccurredAt(record)));
    }

    private void AddError(string path, string type, JsonElement record, string requestId)
    {
        _errors.Enqueue(new PushError("not a valid value", path, requestId, type, RecordRules.IdOf(record), record, _clock.GetUtcNow()));
        if (_errors.Count > MostErrors)
            _errors.Dequeue();
    }

    private void Keep(string type, JsonElement record, string requestId)
    {
        if (type == "contact")
            KeepContact(record);
        else if (type == "custom_event")
            KeepEvent(record, requestId);
    }

    private void KeepContact(JsonElement record)
    {
        var now = _clock.GetUtcNow();
        var collection = record.TryGetProperty("@collection", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "default";
        var key = (collection, record.GetProperty("id").GetString()!);
        var email = record.GetProperty("email").GetString()!;
        var old = _contacts.GetValueOrDefault(key);
        if (old is not null)
            _contactsByEmail[old.Email].Remove(key);
        if (!_contactsByEmail.TryGetValue(email, out var keys))
            _contactsByEmail[email] = keys = [];
        keys.Add(key);
        var history = old?.History ?? [];
        var contact = _contacts[key] = new HeldContact
        {
            Collection = collection,
            Id = key.Item2,
            Email = email,
            Record = Merge(old, record),
            Pushes = (old?.Pushes ?? 0) + 1,
            FirstAt = old?.FirstAt ?? now,
            LastAt = now,
            History = (history.Length < HeldContact.HistoryLength ? history : history.RemoveAt(0)).Add(record),
        };
        // A profile keeps what it was told last, also when the contact goes on under another address: nothing says that it forgets.
        _profiles[email] = new SubscriptionCounts(contact.ActiveSubscriptions ?? 0, contact.TotalSubscriptions ?? 0);
    }

    /// <summary>With <c>@merge</c>, what the new record does not name is copied from the old one. Without it the new one stands alone.</summary>
    private JsonElement Merge(HeldContact? old, JsonElement record)
    {
        if (old is null || !record.TryGetProperty("@merge", out var merge) || merge.ValueKind != JsonValueKind.True)
            return record;
        var merged = JsonObject.Create(old.Record.Clone())!;
        foreach (var field in record.EnumerateObject())
        {
            if (_options.OmetriaMergesProperties && field.Name == "properties" && merged["properties"] is JsonObject properties)
                Overwrite(properties, field.Value);
            else
                merged[field.Name] = Node(field.Value);
        }

        return JsonSerializer.SerializeToElement(merged);
    }

    private static void Overwrite(JsonObject target, JsonElement source)
    {
        foreach (var field in source.EnumerateObject())
            target[field.Name] = Node(field.Value);
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());

    private void KeepEvent(JsonElement record, string requestId)
    {
        var id = record.GetProperty("id").GetString()!;
        var type = record.GetProperty("event_type").GetString()!;
        var email = record.GetProperty("identity_email").GetString()!;
        _timesAccepted[id] = _timesAccepted.GetValueOrDefault(id) + 1;
        var properties = record.TryGetProperty("properties", out var sent) ? sent : Empty;
        _events.Add(new AcceptedEvent
        {
            Sequence = _events.Count + 1,
            Id = id,
            EventType = type.Length <= RecordRules.LongestEventType ? type : type[..RecordRules.LongestEventType],
            Timestamp = RecordRules.Timestamp(record)!.Value,
            IdentityEmail = email,
            SubscriptionId = RecordRules.SubscriptionId(record),
            OccurredAt = RecordRules.OccurredAt(record),
            Properties = _options.OmetriaKeepsRecords ? properties : Empty,
            Record = _options.OmetriaKeepsRecords ? record : Empty,
            RequestId = requestId,
            ReceivedAt = _clock.GetUtcNow(),
            ContactKnown = _contactsByEmail.TryGetValue(email, out var keys) && keys.Count > 0,
        });
    }
}
