namespace RechargeGrains.Tenants;

/// <summary>Adds up what waits in the outboxes of a tenant (key: the tenant's id). Keeps nothing: each outbox says anew where it stands.</summary>
[Alias("rg.tenant-backlog")]
public interface ITenantBacklogGrain : IGrainWithStringKey
{
    /// <summary>Notes how many events of a connection wait, and answers how many of all others do.</summary>
    [Alias("share")]
    Task<long> ShareAsync(string connectionId, long waiting);
}
