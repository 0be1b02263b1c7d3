using RechargeGrains.Api.Security;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages;

/// <summary>What one person may do in one tenant.</summary>
internal sealed class TenantDoor(Workspace workspace, IGrainFactory grains, Caller caller, TenantView view)
{
    public TenantView View { get; } = view;

    public Caller Caller { get; } = caller;

    public string TenantId => View.TenantId;

    /// <summary>Members look; administrators and operators change things and see that there are keys.</summary>
    public bool MayChange => Caller.Role >= Role.Administrator;

    public bool IsStaff => Caller.Role == Role.Operator;

    public ITenantGrain Grain => grains.GetGrain<ITenantGrain>(TenantId);

    /// <summary>Null for a connection that the tenant does not have.</summary>
    public async Task<ConnectionKey?> KeyOfAsync(string connectionId) =>
        await Grain.GetAsync() is { } tenant && tenant.ConnectionIds.Contains(connectionId) ? new ConnectionKey(TenantId, connectionId) : null;

    /// <summary>Does something that only administrators may, and writes it down.</summary>
    /// <param name="action">A stable name for the audit log, for instance <c>connection.paused</c>.</param>
    /// <param name="target">What it is done to; never a key.</param>
    /// <param name="act">Does it.</param>
    /// <param name="detail">More in words; never a key.</param>
    /// <exception cref="NotAllowedException">The person may not do it (any more).</exception>
    public async Task DoAsync(string action, string? target, Func<Task> act, string? detail = null)
    {
        await DemandAsync();
        await act();
        await workspace.RecordAsync(TenantId, Caller, action, target, detail);
    }

    /// <summary>As <see cref="DoAsync(string, string?, Func{Task}, string?)"/>; what was refused is not written down.</summary>
    public async Task<Answer<T>> DoAsync<T>(string action, string? target, Func<Task<Answer<T>>> act, string? detail = null)
        where T : class
    {
        await DemandAsync();
        var answer = await act();
        if (answer.Error is null)
            await workspace.RecordAsync(TenantId, Caller, action, target, detail);
        return answer;
    }

    private async Task DemandAsync()
    {
        if (await workspace.CallerAsync() is not { Role: >= Role.Administrator } now || !now.Sees(TenantId))
            throw new NotAllowedException();
    }
}
