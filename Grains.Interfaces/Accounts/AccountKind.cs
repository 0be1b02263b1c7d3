namespace RechargeGrains.Accounts;

/// <summary>Which service an API key belongs to.</summary>
[GenerateSerializer, Alias("rg.account-kind.v1")]
public enum AccountKind
{
    Ometria = 0,
    Recharge = 1,
}
