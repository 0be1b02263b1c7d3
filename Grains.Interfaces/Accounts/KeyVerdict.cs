namespace RechargeGrains.Accounts;

/// <summary>Whether an API key can be used. Only the first two keep it.</summary>
[GenerateSerializer, Alias("rg.key-verdict.v1")]
public enum KeyVerdict
{
    Accepted = 0,

    /// <summary>Ometria answered 403 to a read: the key may still push, which only a push can show.</summary>
    AcceptedUnverified = 1,
    Rejected = 2,
    NotShopify = 3,
    MissingScopes = 4,
    Unreachable = 5,

    /// <summary>The key works and belongs to another store than the account's.</summary>
    OtherStore = 6,
}
