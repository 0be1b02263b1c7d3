namespace RechargeGrains.Customers;

/// <summary>Public names of the events, as staff enable them and as they reach Ometria unless a connection renames them.</summary>
public static class EventKinds
{
    /// <summary>Ometria cuts the name of an event type after 31 characters (support article on custom events).</summary>
    public const int MaxEventTypeLength = 31;

    public static readonly IReadOnlyList<EventKind> All =
    [
        EventKind.SubscriptionCreated,
        EventKind.SubscriptionCancelled,
        EventKind.SubscriptionActivated,
        EventKind.UpcomingCharge,
        EventKind.UpcomingChargeChanged,
    ];

    /// <summary>Those that a connection gets which names none: all but the ones that have to be asked for by name.</summary>
    public static readonly IReadOnlyList<EventKind> Usual = [.. All.Where(kind => kind != EventKind.UpcomingChargeChanged)];

    public static string NameOf(EventKind kind) => kind switch
    {
        EventKind.SubscriptionCreated => "subscription_created",
        EventKind.SubscriptionCancelled => "subscription_cancelled",
        EventKind.SubscriptionActivated => "subscription_activated",
        EventKind.UpcomingCharge => "upcoming_charge",
        EventKind.UpcomingChargeChanged => "upcoming_charge_changed",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an event."),
    };

    public static EventKind? Parse(string? name)
    {
        foreach (var kind in All)
        {
            if (NameOf(kind) == name)
                return kind;
        }

        return null;
    }
}
