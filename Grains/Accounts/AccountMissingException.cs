namespace RechargeGrains.Grains.Accounts;

/// <summary>A grain was asked to use an account that holds no key.</summary>
[GenerateSerializer, Alias("rg.account-missing")]
public sealed class AccountMissingException : Exception
{
    public AccountMissingException()
        : base("The account holds no key.")
    {
    }
}
