namespace RechargeGrains.Sandbox;

/// <summary>One event of a subscription, whoever tells of it: which, of what, and the second in which it happened.</summary>
public readonly record struct EventFact(string Type, long SubscriptionId, DateTimeOffset At)
{
    public const string Created = "subscription_created";
    public const string Cancelled = "subscription_cancelled";
    public const string Activated = "subscription_activated";

    public static IReadOnlyList<string> Types { get; } = [Created, Cancelled, Activated];

    /// <summary>The topic whose webhook tells it.</summary>
    public WebhookFact Webhook => new(Type.Replace('_', '/'), SubscriptionId, At);

    /// <summary>The fact of an entry; null for one that Ometria is not told of.</summary>
    public static EventFact? Of(JournalEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var type = entry.Kind switch
        {
            JournalKind.SubscriptionCreated => Created,
            JournalKind.SubscriptionCancelled => Cancelled,
            JournalKind.SubscriptionActivated => Activated,
            _ => null,
        };
        return type is null || entry.SubscriptionId is not { } id ? null : new EventFact(type, id, entry.At);
    }

    public static EventFact Of(AcceptedEvent accepted)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        return new EventFact(accepted.EventType, accepted.SubscriptionId ?? 0, accepted.OccurredAt ?? default);
    }

    public static EventFact Of(RefusedEvent refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return new EventFact(refused.EventType ?? string.Empty, refused.SubscriptionId ?? 0, refused.OccurredAt ?? default);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type} of {SubscriptionId} at {At.ToUniversalTime():HH:mm:ss}");
}
