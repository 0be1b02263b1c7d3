using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Connections;

/// <summary>
/// Topics that a connection registers, with an address each: the topic is not in the payload, and the header that names it is not
/// documented. <c>subscription/deleted</c> and <c>charge/deleted</c> are left out: their payloads name no customer, and the readings find
/// what is gone.
/// </summary>
internal static class WebhookTopics
{
    private static readonly string[] Always =
        ["subscription/created", "subscription/activated", "subscription/cancelled", "subscription/updated", "customer/updated", "customer/deleted"];

    /// <summary>Recharge sends one for each change of a charge, which is much for a connection that announces none.</summary>
    private static readonly string[] OfCharges = ["charge/created", "charge/updated", "charge/upcoming"];

    /// <summary>What a connection had registered before it kept a list of that.</summary>
    public static readonly IReadOnlyList<string> BeforeTheyWereKept = [.. Always.Where(topic => topic != "customer/deleted")];

    public static bool IsOfCharges(string topic) => OfCharges.Contains(topic);

    /// <summary>Those that a connection with these events needs.</summary>
    public static IReadOnlyList<string> For(IReadOnlyCollection<EventKind> events) =>
        events.Contains(EventKind.UpcomingCharge) ? [.. Always, .. OfCharges] : Always;

    public static string AddressOf(string publicBase, string hookKey, string topic) => $"{publicBase}{PathOf(hookKey)}/{topic}";

    /// <summary>What every address of a connection has in it, whatever the host was when it was registered.</summary>
    public static string PathOf(string hookKey) => $"/hooks/recharge/{hookKey}";
}
