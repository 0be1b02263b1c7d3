namespace RechargeGrains.Grains.Customers;

/// <summary>What a webhook's charge means for a customer.</summary>
internal enum ChargeNews
{
    /// <summary>Nothing that was not known.</summary>
    None,

    /// <summary>An address and date that were not announced.</summary>
    New,

    /// <summary>What was announced for another date may be in it now.</summary>
    MayHaveMoved,
}
