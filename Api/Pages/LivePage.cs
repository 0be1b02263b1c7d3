using Microsoft.AspNetCore.Components;

namespace RechargeGrains.Api.Pages;

/// <summary>A page of one tenant that stays up to date while somebody looks at it.</summary>
public abstract class LivePage : RefreshingPage
{
    [Parameter]
    public string TenantId { get; set; } = "";

    /// <summary>What the person may do here; null until it is known, and for a tenant that they may not know of.</summary>
    private protected TenantDoor? Door { get; private set; }

    /// <inheritdoc/>
    private protected override string ShownFor => TenantId;

    /// <summary>Loads what is shown. False: there is no such thing.</summary>
    private protected abstract Task<bool> LoadAsync(TenantDoor door);

    /// <inheritdoc/>
    private protected override void Reset()
    {
        // What is pressed meanwhile must not be done in another tenant.
        if (Door?.TenantId != TenantId)
            Door = null;
    }

    /// <inheritdoc/>
    private protected sealed override async Task<bool> EnterAsync()
    {
        var tenantId = TenantId;
        var door = await Workspace.EnterAsync(tenantId);
        if (tenantId == TenantId)
            Door = door;
        return door is not null;
    }

    /// <inheritdoc/>
    private protected sealed override async Task<bool> LoadAsync() => Door is not null && await LoadAsync(Door);
}
