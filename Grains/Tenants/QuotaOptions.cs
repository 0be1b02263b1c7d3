using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tenants;

/// <summary>Settings under <c>Quotas</c>: what a tenant may take for which staff have set nothing else.</summary>
public sealed class QuotaOptions
{
    public const string Section = "Quotas";

    /// <summary>Connections of a tenant that are not disconnected. Default 500, which no retailer has.</summary>
    public int Connections { get; set; } = 500;

    /// <summary>
    /// Webhooks a second of a tenant that each Api takes, and ten times as many at one go; more are answered 503, and Recharge sends them
    /// again. Default 10,000: a store of a million subscriptions has some ten, and its migration a thousand. It is more than one retailer's flood may be for
    /// fairness alone, which <c>Webhooks:MaxConcurrent</c> sees to; staff who sell by volume set less.
    /// </summary>
    public int WebhooksPerSecond { get; set; } = 10_000;

    /// <summary>Events that may wait in all outboxes of a tenant; beyond it webhooks are answered 503. Default 1,000,000.</summary>
    public long Backlog { get; set; } = 1_000_000;

    internal TenantQuotas For(TenantQuotas? own) => new()
    {
        Connections = own?.Connections ?? Connections,
        WebhooksPerSecond = own?.WebhooksPerSecond ?? WebhooksPerSecond,
        Backlog = own?.Backlog ?? Backlog,
    };
}
