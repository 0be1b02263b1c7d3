namespace RechargeGrains.Sandbox;

/// <summary>The topics that Recharge offers, with the scope and the included objects of each.</summary>
public static class WebhookTopics
{
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "address/created", "address/updated",
        "async_batch/processed",
        "bundle_selection/created", "bundle_selection/updated", "bundle_selection/deleted",
        "customer/activated", "customer/created", "customer/deactivated", "customer/payment_method_updated", "customer/updated",
        "customer/deleted",
        "charge/created", "charge/failed", "charge/max_retries_reached", "charge/paid", "charge/refunded", "charge/uncaptured",
        "charge/upcoming", "charge/updated", "charge/deleted",
        "checkout/created", "checkout/completed", "checkout/processed", "checkout/updated",
        "gift_purchase/created", "gift_purchase/redeemed",
        "onetime/created", "onetime/deleted", "onetime/updated",
        "order/cancelled", "order/created", "order/deleted", "order/processed", "order/payment_captured", "order/upcoming",
        "order/updated", "order/success",
        "plan/created", "plan/deleted", "plan/updated",
        "subscription/activated", "subscription/cancelled", "subscription/created", "subscription/deleted", "subscription/skipped",
        "subscription/removed_from_skipped_charge", "subscription/updated", "subscription/unskipped", "subscription/swapped",
        "subscription/paused",
        "store/updated",
        "recharge/uninstalled",
    };

    internal static string ObjectOf(string topic) => topic[..topic.IndexOf('/', StringComparison.Ordinal)];

    internal static string? ScopeOf(string topic) => ObjectOf(topic) switch
    {
        "customer" or "address" => ScopeNames.Customers,
        "subscription" or "onetime" or "bundle_selection" => ScopeNames.Subscriptions,
        "charge" or "order" => ScopeNames.Orders,
        "store" => ScopeNames.Store,
        _ => null,
    };

    internal static IReadOnlyList<string> IncludableIn(string topic) => ObjectOf(topic) switch
    {
        "address" => ["customer", "payment_methods"],
        "charge" => ["customer", "metafields", "payment_methods"],
        "customer" => ["addresses", "metafields", "payment_methods"],
        "order" or "subscription" => ["customer", "metafields"],
        _ => [],
    };
}
