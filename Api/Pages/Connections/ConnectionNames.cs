using RechargeGrains.Connections;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Connections;

/// <summary>What people call a connection: the store's name, or else what they named the account.</summary>
internal static class ConnectionNames
{
    public static string Of(ConnectionStatus status, IReadOnlyDictionary<string, AccountInfo> accounts) =>
        accounts.GetValueOrDefault(status.Settings.RechargeAccount.AccountId) is { } account ? account.Store?.Name ?? account.Name : "Recharge";
}
