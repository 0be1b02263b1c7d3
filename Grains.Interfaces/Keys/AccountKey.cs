namespace RechargeGrains.Keys;

/// <summary>Names one stored account (an API key of a tenant), at Recharge or at Ometria.</summary>
[GenerateSerializer, Immutable, Alias("rg.account-key.v1")]
public readonly record struct AccountKey([property: Id(0)] string TenantId, [property: Id(1)] string AccountId)
{
    public override string ToString() => $"{TenantId}/{AccountId}";

    public static AccountKey Parse(string key)
    {
        var (tenant, id) = KeyText.Two(key, "tenant/account");
        return new AccountKey(tenant, id);
    }
}
