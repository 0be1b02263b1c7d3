using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Connections;

/// <summary>Has test events sent, for the API and the pages alike.</summary>
internal static class TestEventSender
{
    public const string AuditedAs = "test_event.sent";

    /// <summary>The line that the event has in the delivery log, or why it is not sent.</summary>
    public static async Task<Answer<DeliveryEntry>> SendAsync(IGrainFactory grains, ConnectionKey key, EventKind kind, string email)
    {
        var connection = grains.GetGrain<IConnectionGrain>(key.ToString());
        if (await connection.GetStatusAsync() is { } status && ConnectionAction.Refusal(status.State, whilePaused: false) is { } refusal)
            return refusal;
        return await connection.SendTestEventAsync(kind, email) is { } entry
            ? entry
            : new TenantError("not_enabled", $"{EventKinds.NameOf(kind)} is not among the events that this connection sends.");
    }
}
