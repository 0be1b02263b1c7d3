using Orleans.Concurrency;
using RechargeGrains.Connections;

namespace RechargeGrains.Tenants;

/// <summary>
/// One retailer (key: tenant id): what staff enabled, its accounts, connections and tokens. Owns the reminders that start
/// the daily sync and the reading of upcoming charges. Reading calls are answered while a key check is under way, which may take
/// as long as the other service does.
/// </summary>
[Alias("rg.tenant")]
public interface ITenantGrain : IGrainWithStringKey
{
    [Alias("create")]
    Task<Answer<TenantView>> CreateAsync(string name);

    /// <summary>Null if there is no such tenant.</summary>
    [Alias("view"), AlwaysInterleave]
    Task<TenantView?> GetAsync();

    [Alias("enablement")]
    Task<Answer<TenantView>> SetEnablementAsync(Enablement enablement);

    /// <summary>Sets what this tenant may take; what is null is as for everybody.</summary>
    [Alias("quotas")]
    Task<Answer<TenantView>> SetQuotasAsync(TenantQuotas quotas);

    [Alias("add-token")]
    Task<Answer<NewToken>> AddTokenAsync(string name, Role role);

    /// <summary>Tokens in the order in which they were added; never their secrets.</summary>
    [Alias("tokens"), AlwaysInterleave]
    Task<IReadOnlyList<TokenInfo>> ListTokensAsync();

    /// <summary>False if there is no such token.</summary>
    [Alias("revoke-token")]
    Task<bool> RevokeTokenAsync(string tokenId);

    /// <summary>The role of a token, or null if it is unknown or revoked.</summary>
    [Alias("authenticate"), AlwaysInterleave]
    Task<Role?> AuthenticateAsync(string tokenId, string secret);

    [Alias("add-account"), ResponseTimeout("00:02:00")]
    Task<Answer<AccountInfo>> AddAccountAsync(NewAccount account);

    /// <summary>Replaces a key after checking the new one; the old one stays if the new one fails.</summary>
    [Alias("replace-key"), ResponseTimeout("00:02:00")]
    Task<Answer<AccountInfo>> ReplaceKeyAsync(string accountId, string apiKey, string? clientSecret);

    [Alias("accounts"), AlwaysInterleave]
    Task<IReadOnlyList<AccountInfo>> ListAccountsAsync();

    [Alias("connect")]
    Task<Answer<ConnectionRef>> ConnectAsync(NewConnection connection);

    /// <summary>Registers the reminders if the schedule changed, and wakes every connection.</summary>
    [Alias("wake")]
    Task WakeAsync();

    /// <summary>Seals anew the secrets of all accounts and connections that an older master key has sealed. Answers how many secrets it was.</summary>
    [Alias("seal-anew")]
    Task<int> SealAnewAsync();
}
