using System.Collections.Immutable;

namespace RechargeGrains.Sandbox;

/// <summary>One contact of a collection after all merges, with what was pushed.</summary>
public sealed record HeldContact
{
    internal const int HistoryLength = 20;

    public required string Collection { get; init; }

    public required string Id { get; init; }

    public required string Email { get; init; }

    /// <summary>The whole record as it stands.</summary>
    public required JsonElement Record { get; init; }

    /// <summary>How often it was pushed.</summary>
    public required int Pushes { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The last pushed records, oldest first.</summary>
    public required ImmutableArray<JsonElement> History { get; init; }

    public int? TotalSubscriptions => Number("total_subscription");

    public int? ActiveSubscriptions => Number("active_subscriptions");

    private int? Number(string property) =>
        Record.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : null;
}
