namespace RechargeGrains.Grains.Tenants;

internal sealed class TenantDirectoryState
{
    public List<string> TenantIds { get; set; } = [];
}
