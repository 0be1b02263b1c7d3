using System.Globalization;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>
/// Derives the id of an event from the event alone, so that a webhook, its retry, a replay and a reconciliation all arrive at the same.
/// Free of personal data, as Ometria asks of ids.
/// </summary>
internal static class EventIds
{
    private const string Prefix = "rc-";

    /// <summary>Whether an id may be one of ours: others push events into the same account.</summary>
    public static bool IsOurs(string eventId) => eventId.StartsWith(Prefix, StringComparison.Ordinal) || TestEventId.Is(eventId);

    public static string Of(EventKind kind, long subscriptionId, DateTimeOffset occurredAt, string storeId) => kind switch
    {
        // A subscription is created once, so nothing else belongs into the id.
        EventKind.SubscriptionCreated => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{storeId}-{subscriptionId}-created"),
        EventKind.SubscriptionCancelled => string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}{storeId}-{subscriptionId}-cancelled-{occurredAt.ToUnixTimeSeconds()}"),
        EventKind.SubscriptionActivated => string.Create(
            CultureInfo.InvariantCulture, $"{Prefix}{storeId}-{subscriptionId}-activated-{occurredAt.ToUnixTimeSeconds()}"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not an event of a subscription."),
    };

    /// <summary>Address and date, because Recharge rebuilds a charge under new ids.</summary>
    public static string OfCharge(long addressId, DateOnly date, string storeId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{storeId}-{addressId}-upcoming-{date:yyyyMMdd}");

    public static string OfMovedCharge(long addressId, DateOnly from, DateOnly to, string storeId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{storeId}-{addressId}-moved-{from:yyyyMMdd}-{to:yyyyMMdd}");
}
