namespace RechargeGrains.Grains.Connections;

/// <summary>
/// Topics that a connection registers, with an address each: the topic is not in the payload, and the header that names it is not
/// documented. <c>subscription/deleted</c> is left out: its payload names no customer, and the daily reading finds what is gone.
/// </summary>
internal static class WebhookTopics
{
    public static readonly IReadOnlyList<string> All =
        ["subscription/created", "subscription/activated", "subscription/cancelled", "subscription/updated", "customer/updated"];

    public static string AddressOf(string publicBase, string hookKey, string topic) => $"{publicBase}{PathOf(hookKey)}/{topic}";

    /// <summary>What every address of a connection has in it, whatever the host was when it was registered.</summary>
    public static string PathOf(string hookKey) => $"/hooks/recharge/{hookKey}";
}
