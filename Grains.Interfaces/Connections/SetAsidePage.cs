namespace RechargeGrains.Connections;

/// <summary>Some of the bodies that were set aside, the newest first.</summary>
/// <param name="Entries">May be fewer than asked for, even none, with more to come.</param>
/// <param name="Before">Where to go on; null at the end.</param>
[GenerateSerializer, Immutable, Alias("rg.set-aside-page.v1")]
public sealed record SetAsidePage([property: Id(0)] IReadOnlyList<SetAsideEntry> Entries, [property: Id(1)] long? Before);
