using RechargeGrains.Api.Connections;

namespace RechargeGrains.Api.Pages.Audit;

/// <summary>What was done, in words. Pure.</summary>
internal static class AuditWords
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["signed_in"] = "Signed in",
        ["signed_out"] = "Signed out",
        ["sign_in.refused"] = "Tried a wrong password",
        ["sign_in.locked_out"] = "Was kept out after too many wrong passwords",
        ["invitation.accepted"] = "Accepted the invitation and chose a password",
        ["person.invited"] = "Invited",
        ["person.role_changed"] = "Gave another role to",
        ["person.removed"] = "Removed",
        ["tenant.made"] = "Made the tenant",
        ["enablement.changed"] = "Changed what is enabled",
        ["quotas.changed"] = "Changed the quotas",
        ["token.added"] = "Made an API token",
        ["token.revoked"] = "Revoked an API token",
        ["account.added"] = "Added an API key",
        ["key.replaced"] = "Replaced an API key",
        ["connection.made"] = "Connected a store",
        ["connection.sync"] = "Ran the daily sync",
        ["connection.import"] = "Read everything once more",
        ["connection.reconcile"] = "Compared everything with Recharge",
        ["connection.pause"] = "Paused a connection",
        ["connection.resume"] = "Resumed a connection",
        ["connection.disconnect"] = "Disconnected a store",
        [TestEventSender.AuditedAs] = "Sent a test event",
        ["delivery.replayed"] = "Sent an event once more",
        ["deliveries.replayed"] = "Sent many events once more",
        ["set_aside.replayed"] = "Read webhooks that were set aside once more",
        ["set_aside.removed"] = "Removed a webhook that was set aside",
    };

    /// <summary>The name itself for what has no words here.</summary>
    public static string Of(string action) => Known.GetValueOrDefault(action, action);
}
