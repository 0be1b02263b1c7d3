using RechargeGrains.Audit;

namespace RechargeGrains.Api.Audit;

/// <summary>Writes down who did what. Nothing that is written down may hold a key or a password.</summary>
internal sealed class AuditTrail(IGrainFactory grains, TimeProvider time)
{
    /// <param name="group">Tenant id, or <see cref="Keys.PersonKey.Staff"/>.</param>
    /// <param name="who">A person or a token.</param>
    /// <param name="action">A stable name.</param>
    /// <param name="target">What it was done to.</param>
    /// <param name="from">Network address.</param>
    /// <param name="detail">More in words.</param>
    public Task AddAsync(string group, string who, string action, string? target, string? from, string? detail = null) =>
        grains.GetGrain<IAuditGrain>(group).AddAsync(new AuditEntry
        {
            At = time.GetUtcNow(),
            Who = who,
            Action = action,
            Target = target,
            From = from,
            Detail = detail,
        });
}
