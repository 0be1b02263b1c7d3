namespace RechargeGrains.Api.Pages.Staff;

/// <summary>A page for the hosting company's staff that stays up to date while somebody looks at it. For everybody else it does not exist.</summary>
public abstract class StaffPage : RefreshingPage
{
    /// <summary>What the person may do; null until it is known, and for who is not of the staff.</summary>
    private protected StaffDoor? Door { get; private set; }

    /// <inheritdoc/>
    private protected override string ShownFor => "staff";

    /// <summary>Loads what is shown. False: there is no such thing.</summary>
    private protected abstract Task<bool> LoadAsync(StaffDoor door);

    /// <inheritdoc/>
    private protected sealed override async Task<bool> EnterAsync() => (Door = await Workspace.EnterStaffAsync()) is not null;

    /// <inheritdoc/>
    private protected sealed override async Task<bool> LoadAsync() => Door is not null && await LoadAsync(Door);
}
