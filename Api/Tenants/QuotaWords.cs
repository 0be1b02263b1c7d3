using System.Globalization;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tenants;

/// <summary>Quotas in words, for the audit log. Pure.</summary>
internal static class QuotaWords
{
    public static string Of(TenantQuotas own) =>
        $"connections {Of(own.Connections)}, webhooks a second {Of(own.WebhooksPerSecond)}, events that wait {Of(own.Backlog)}";

    private static string Of(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "as for everybody";
}
