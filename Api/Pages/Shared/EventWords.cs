using RechargeGrains.Customers;

namespace RechargeGrains.Api.Pages.Shared;

/// <summary>The events in words for who plans a campaign. Pure.</summary>
internal static class EventWords
{
    public static string NameOf(EventKind kind) => kind switch
    {
        EventKind.SubscriptionCreated => "Subscription created",
        EventKind.SubscriptionCancelled => "Subscription cancelled",
        EventKind.SubscriptionActivated => "Subscription activated",
        EventKind.UpcomingCharge => "Upcoming charge",
        _ => "Upcoming charge changed",
    };

    public static string MeaningOf(EventKind kind) => kind switch
    {
        EventKind.SubscriptionCreated => "Somebody subscribed to a product.",
        EventKind.SubscriptionCancelled => "A subscription was cancelled, with the reason if there is one.",
        EventKind.SubscriptionActivated => "A subscription that was cancelled is active again.",
        EventKind.UpcomingCharge => "A customer will be charged soon, usually told seven days ahead.",
        _ => "A charge that was told of before was moved to another date.",
    };

    /// <summary>What Ometria's Support Team is asked for; null if no event was chosen.</summary>
    public static string? RequestFor(IReadOnlyList<EventKind> events) => events.Count == 0
        ? null
        : $"Please enable these custom events from Recharge for our account: {string.Join(", ", events.Select(EventKinds.NameOf))}.";
}
