using RechargeGrains.Api.Security;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages;

/// <summary>What one person may do in one tenant.</summary>
internal sealed class TenantDoor(Workspace workspace, IGrainFactory grains, Caller caller, TenantView view) : AuditedDoor(workspace, caller, view.TenantId)
{
    public TenantView View { get; } = view;

    public string TenantId => View.TenantId;

    /// <summary>Members look; administrators and operators change things and see that there are keys.</summary>
    public bool MayChange => Caller.Role >= Role.Administrator;

    public bool IsStaff => Caller.Role == Role.Operator;

    public ITenantGrain Grain => grains.GetGrain<ITenantGrain>(TenantId);

    /// <summary>Null for a connection that the tenant does not have.</summary>
    public async Task<ConnectionKey?> KeyOfAsync(string connectionId) =>
        await Grain.GetAsync() is { } tenant && tenant.ConnectionIds.Contains(connectionId) ? new ConnectionKey(TenantId, connectionId) : null;

    /// <inheritdoc/>
    private protected override bool Allows(Caller now) => now.Role >= Role.Administrator && now.Sees(TenantId);
}
