using RechargeGrains.Accounts;
using RechargeGrains.Recharge;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Accounts;

internal sealed class AccountRequest
{
    /// <summary><c>ometria</c> or <c>recharge</c>; not needed when a key is replaced.</summary>
    public string? Kind { get; set; }

    public string? Name { get; set; }

    public string? ApiKey { get; set; }

    /// <summary>Recharge's API client secret, which webhooks are signed with.</summary>
    public string? ClientSecret { get; set; }
}

internal sealed record AccountBody(
    string AccountId,
    string Kind,
    string Name,
    string KeyHint,
    bool Verified,
    bool HasClientSecret,
    StoreBody? Store,
    string? Notice,
    DateTimeOffset CreatedAt)
{
    /// <summary>What is said of a key that was taken without a check.</summary>
    public const string NotVerified =
        "The key could not be verified by reading, because Ometria does not let it read. It may still push: the first import will show.";

    public static AccountBody Of(AccountInfo info) => new(
        info.AccountId,
        info.Kind == AccountKind.Ometria ? "ometria" : "recharge",
        info.Name,
        info.KeyHint,
        info.Verified,
        info.HasClientSecret,
        info.Store is { } store ? StoreBody.Of(store) : null,
        info.Verified ? null : NotVerified,
        info.CreatedAt);
}

internal sealed record StoreBody(string Id, string? Name, string? Domain, string? TimeZone, string? Currency)
{
    public static StoreBody Of(RechargeStore store) => new(store.Id, store.Name, store.Domain, store.TimeZone, store.Currency);
}

internal sealed record AccountList(IReadOnlyList<AccountBody> Accounts);
