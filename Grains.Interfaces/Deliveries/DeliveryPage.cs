namespace RechargeGrains.Deliveries;

/// <summary>Some lines of one day's log, in the direction of reading.</summary>
[GenerateSerializer, Immutable, Alias("rg.delivery-page.v1")]
public sealed record DeliveryPage
{
    [Id(0)] public required IReadOnlyList<DeliveryEntry> Entries { get; init; }

    /// <summary>Where to go on within the day, or null at its end.</summary>
    [Id(1)] public long? Before { get; init; }

    /// <summary>Where to go on forwards, or null at the end of the day.</summary>
    [Id(2)] public long? Next { get; init; }
}
