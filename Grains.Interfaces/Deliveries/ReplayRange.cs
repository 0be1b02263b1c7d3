namespace RechargeGrains.Deliveries;

/// <summary>Which lines of the delivery log are to be sent again.</summary>
/// <param name="Filter">What they have to match.</param>
/// <param name="FirstDay">First day of the log that is looked through.</param>
/// <param name="LastDay">Last day of it.</param>
[GenerateSerializer, Immutable, Alias("rg.replay-range.v1")]
public sealed record ReplayRange([property: Id(0)] DeliveryFilter Filter, [property: Id(1)] DateOnly FirstDay, [property: Id(2)] DateOnly LastDay);
