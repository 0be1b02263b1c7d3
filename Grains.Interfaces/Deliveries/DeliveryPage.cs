namespace RechargeGrains.Deliveries;

/// <summary>Some lines of one day's log, newest first.</summary>
[GenerateSerializer, Immutable, Alias("rg.delivery-page.v1")]
public sealed record DeliveryPage
{
    [Id(0)] public required IReadOnlyList<DeliveryEntry> Entries { get; init; }

    /// <summary>Where to go on within the day, or null at its end.</summary>
    [Id(1)] public long? Before { get; init; }
}
