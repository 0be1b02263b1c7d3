namespace RechargeGrains.Recharge;

/// <summary>Why a call to Recharge did not succeed; carries neither key nor personal data.</summary>
[GenerateSerializer, Alias("rg.recharge-call-exception")]
public sealed class RechargeCallException : Exception
{
    public RechargeCallException(RechargeFailure failure, string message)
        : base(message)
    {
        Failure = failure;
    }

    [Id(0)] public RechargeFailure Failure { get; private set; }
}
