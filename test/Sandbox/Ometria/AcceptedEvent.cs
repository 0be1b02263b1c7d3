namespace RechargeGrains.Sandbox;

/// <summary>One custom event as Ometria took it. The same id may occur again: see <see cref="OmetriaHoldings.TimesAccepted"/>.</summary>
public sealed record AcceptedEvent
{
    /// <summary>Counts from 1 in the order of acceptance.</summary>
    public required long Sequence { get; init; }

    public required string Id { get; init; }

    public required string EventType { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required string IdentityEmail { get; init; }

    /// <summary>The property <c>subscription_id</c>, if there is one.</summary>
    public long? SubscriptionId { get; init; }

    /// <summary>The property <c>occurred_at</c>, if there is one.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The properties; an empty object when there were none or <see cref="SandboxOptions.OmetriaKeepsRecords"/> is off.</summary>
    public required JsonElement Properties { get; init; }

    /// <summary>An empty object when <see cref="SandboxOptions.OmetriaKeepsRecords"/> is off.</summary>
    public required JsonElement Record { get; init; }

    public required string RequestId { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>False: no contact with this e-mail address had been pushed before.</summary>
    public required bool ContactKnown { get; init; }

    /// <summary>A property as text, or null when it is not there.</summary>
    public string? Text(string property) => Properties.TryGetProperty(property, out var value) ? value.ToString() : null;
}
