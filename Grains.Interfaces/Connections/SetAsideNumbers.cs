namespace RechargeGrains.Connections;

/// <summary>Numbers of bodies that are still set aside, the oldest first.</summary>
/// <param name="Numbers">May be fewer than asked for, even none, with more to come.</param>
/// <param name="Next">Where to go on; null at the end.</param>
[GenerateSerializer, Immutable, Alias("rg.set-aside-numbers.v1")]
public sealed record SetAsideNumbers([property: Id(0)] IReadOnlyList<long> Numbers, [property: Id(1)] long? Next);
