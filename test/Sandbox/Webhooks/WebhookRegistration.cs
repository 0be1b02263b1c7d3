namespace RechargeGrains.Sandbox;

/// <summary>One topic sent to one address, made with one token, whose secret signs what is sent.</summary>
public sealed record WebhookRegistration
{
    public required long Id { get; init; }

    public required AccessToken Token { get; init; }

    public required string Address { get; init; }

    public required string Topic { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<string> IncludedObjects { get; init; }

    internal JsonObject ToJson() => new()
    {
        ["id"] = Id,
        ["address"] = Address,
        ["included_objects"] = new JsonArray([.. IncludedObjects.Select(name => JsonValue.Create(name))]),
        ["topic"] = Topic,
    };
}
