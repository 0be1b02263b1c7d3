using RechargeGrains.Connections;
using RechargeGrains.Customers;

namespace RechargeGrains.Api.Tenants;

/// <summary>What is enabled for a tenant, in words. Pure.</summary>
internal static class EnablementWords
{
    public static string Events(Enablement enablement) => enablement.CustomEvents.Count switch
    {
        0 => "none",
        var count when count == EventKinds.All.Count => "all",
        var count => $"{count} of {EventKinds.All.Count}",
    };

    /// <summary>For the audit log.</summary>
    public static string Of(Enablement enablement) =>
        $"Recharge {(enablement.Recharge ? "on" : "off")}, events: "
        + (enablement.CustomEvents.Count == 0 ? "none" : string.Join(", ", enablement.CustomEvents.Order().Select(EventKinds.NameOf)));

    /// <summary>What Ometria is told with an event.</summary>
    public static string Of(EventKind kind) => kind switch
    {
        EventKind.SubscriptionCreated => "A customer took out a subscription.",
        EventKind.SubscriptionCancelled => "A customer or the retailer cancelled one.",
        EventKind.SubscriptionActivated => "A cancelled one runs again.",
        EventKind.UpcomingCharge => "A customer is going to be charged in so many days as the connection says, a week if it does not.",
        _ => "A charge that was announced was moved to another date. Sent only where a connection asks for it by name.",
    };
}
