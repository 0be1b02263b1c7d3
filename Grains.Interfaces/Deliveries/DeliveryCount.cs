namespace RechargeGrains.Deliveries;

/// <summary>How many events of one type, learnt of in one hour of a day, ended in one way.</summary>
/// <param name="Hour">Of the UTC day, from 0.</param>
/// <param name="Type">The event's name at Ometria.</param>
/// <param name="Status">What became of them.</param>
/// <param name="Count">How many.</param>
[GenerateSerializer, Immutable, Alias("rg.delivery-count.v1")]
public readonly record struct DeliveryCount(
    [property: Id(0)] int Hour, [property: Id(1)] string Type, [property: Id(2)] DeliveryStatus Status, [property: Id(3)] int Count);
