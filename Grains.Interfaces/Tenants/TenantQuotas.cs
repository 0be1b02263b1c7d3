namespace RechargeGrains.Tenants;

/// <summary>How much of the service a tenant may take. What is null is as the service's settings say.</summary>
[GenerateSerializer, Immutable, Alias("rg.tenant-quotas.v1")]
public sealed record TenantQuotas
{
    public const int MostConnections = 500;
    public const int MostWebhooksPerSecond = 100_000;
    public const long MostBacklog = 10_000_000;

    /// <summary>Connections that are not disconnected.</summary>
    [Id(0)] public int? Connections { get; init; }

    /// <summary>Webhooks a second of all connections together.</summary>
    [Id(1)] public int? WebhooksPerSecond { get; init; }

    /// <summary>Events that wait in all outboxes together.</summary>
    [Id(2)] public long? Backlog { get; init; }
}
