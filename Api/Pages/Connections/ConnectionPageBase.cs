using Microsoft.AspNetCore.Components;
using RechargeGrains.Api.Connections;
using RechargeGrains.Connections;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Connections;

/// <summary>A page of one connection: loads how the connection fares and what it is called, and whatever else its heir shows.</summary>
public abstract class ConnectionPageBase : LivePage
{
    [Parameter]
    public string ConnectionId { get; set; } = "";

    [Inject]
    private protected ConnectionBoard Board { get; private set; } = default!;

    /// <summary>Null until it is loaded.</summary>
    private protected ConnectionStatus? Status { get; private set; }

    /// <summary>The tenant's accounts by their ids.</summary>
    private protected IReadOnlyDictionary<string, AccountInfo> Accounts { get; private set; } = new Dictionary<string, AccountInfo>();

    /// <summary>What people call the connection.</summary>
    private protected string Name => Status is null ? "" : ConnectionNames.Of(Status, Accounts);

    private protected ConnectionKey Key => new(TenantId, ConnectionId);

    private protected override string ShownFor => $"{TenantId}/{ConnectionId}";

    private protected override void Reset()
    {
        base.Reset();
        (Status, Accounts) = (null, new Dictionary<string, AccountInfo>());
    }

    /// <summary>Loads what is shown besides. False: there is no such thing.</summary>
    private protected virtual Task<bool> LoadMoreAsync(TenantDoor door, ConnectionStatus status) => Task.FromResult(true);

    private protected sealed override async Task<bool> LoadAsync(TenantDoor door)
    {
        var shownFor = ShownFor;
        // Asking a grain for a connection that there is not would make one.
        if (await door.KeyOfAsync(ConnectionId) is not { } key || await Board.OfAsync(key) is not { } status)
            return false;
        var accounts = (await door.Grain.ListAccountsAsync()).ToDictionary(account => account.AccountId);
        if (!await LoadMoreAsync(door, status))
            return false;
        if (shownFor == ShownFor)
            (Status, Accounts) = (status, accounts);
        return true;
    }
}
