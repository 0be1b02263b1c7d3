namespace RechargeGrains.Sandbox;

/// <summary>Scopes of a token, by the names of the API reference.</summary>
public static class ScopeNames
{
    public const string Customers = "read_customers";
    public const string Subscriptions = "read_subscriptions";
    public const string Orders = "read_orders";
    public const string Events = "read_events";
    public const string Store = "read_store";

    /// <summary>All that the sandbox checks, and a few more as a real token has them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Customers, Events, Orders, "read_payment_methods", "read_products", Store, Subscriptions];
}
