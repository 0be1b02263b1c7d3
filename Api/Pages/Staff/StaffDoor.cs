using RechargeGrains.Api.Security;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Staff;

/// <summary>What one of the staff may do: everything, everywhere, and it is written down where it was done.</summary>
/// <param name="workspace">Knows who looks.</param>
/// <param name="caller">Who it was opened for.</param>
/// <param name="group">Whose audit log is written.</param>
internal sealed class StaffDoor(Workspace workspace, Caller caller, string group = PersonKey.Staff) : AuditedDoor(workspace, caller, group)
{
    /// <summary>The same for what is done to a tenant.</summary>
    public StaffDoor To(string tenantId) => new(Workspace, Caller, tenantId);

    /// <inheritdoc/>
    private protected override bool Allows(Caller now) => now.Role == Role.Operator;
}
