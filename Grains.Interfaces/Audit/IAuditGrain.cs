namespace RechargeGrains.Audit;

/// <summary>What people did in one tenant (key: tenant id) or as staff (key: <see cref="Keys.PersonKey.Staff"/>). The newest 100,000 entries are kept.</summary>
[Alias("rg.audit")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>Writes an entry down; durable when the task completes.</summary>
    [Alias("add")]
    Task AddAsync(AuditEntry entry);

    /// <summary>Reads backwards from <paramref name="before"/> (the end if null).</summary>
    [Alias("read")]
    Task<AuditPage> ReadAsync(long? before, int limit);
}
