using RechargeGrains.Accounts;
using RechargeGrains.Api.Accounts;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages.Accounts;

/// <summary>What pages do with accounts, for whoever may and written down.</summary>
internal static class AccountActions
{
    public static Task<Answer<AccountInfo>> AddAccountAsync(this TenantDoor door, AccountKind kind, KeyEntry entry)
    {
        var account = new NewAccount
        {
            Kind = kind,
            Name = entry.Name!.Trim(),
            ApiKey = KeyReader.Read(entry.ApiKey)!,
            ClientSecret = KeyReader.Read(entry.ClientSecret),
        };
        return door.DoAsync("account.added", account.Name, () => door.Grain.AddAccountAsync(account), $"at {kind}");
    }

    public static Task<Answer<AccountInfo>> ReplaceKeyAsync(this TenantDoor door, AccountInfo account, string key, string? secret) =>
        door.DoAsync("key.replaced", account.AccountId, () => door.Grain.ReplaceKeyAsync(account.AccountId, key, secret), account.Name);
}
