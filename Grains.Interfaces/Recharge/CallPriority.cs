namespace RechargeGrains.Recharge;

/// <summary>Who goes first when a call budget is short.</summary>
[GenerateSerializer, Alias("rg.call-priority.v1")]
public enum CallPriority
{
    /// <summary>Someone or some event waits for it.</summary>
    Live = 0,

    /// <summary>Import and other reading that can take its time.</summary>
    BackFill = 1,
}
