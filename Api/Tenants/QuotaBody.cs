using RechargeGrains.Api.Http;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tenants;

/// <summary>What a tenant may take. In a request, what is left out is as for everybody.</summary>
internal sealed class QuotaBody
{
    public int? Connections { get; set; }

    public int? WebhooksPerSecond { get; set; }

    public long? Backlog { get; set; }

    public static QuotaBody Of(TenantQuotas quotas) =>
        new() { Connections = quotas.Connections, WebhooksPerSecond = quotas.WebhooksPerSecond, Backlog = quotas.Backlog };

    public TenantQuotas Read(FieldErrors errors)
    {
        Check("connections", Connections, TenantQuotas.MostConnections);
        Check("webhooksPerSecond", WebhooksPerSecond, TenantQuotas.MostWebhooksPerSecond);
        Check("backlog", Backlog, TenantQuotas.MostBacklog);
        return new TenantQuotas { Connections = Connections, WebhooksPerSecond = WebhooksPerSecond, Backlog = Backlog };

        void Check(string field, long? value, long most)
        {
            if (value < 1 || value > most)
                errors.Add(field, $"{field} is expected to be a number from 1 to {most}, or to be left out.");
        }
    }
}
