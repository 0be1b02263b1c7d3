namespace RechargeGrains.Deliveries;

/// <summary>What was sent to Ometria on one day, and what it answered (key: <see cref="Keys.DeliveryDayKey"/>).</summary>
[Alias("rg.delivery-log")]
public interface IDeliveryLogGrain : IGrainWithStringKey
{
    /// <summary>Adds lines; durable when the task completes. Adding the same again is harmless.</summary>
    [Alias("append")]
    Task AppendAsync(IReadOnlyList<DeliveryEntry> entries);

    /// <summary>Reads backwards from <paramref name="before"/> (the end if null) until <paramref name="limit"/> lines match.</summary>
    [Alias("read")]
    Task<DeliveryPage> ReadAsync(DeliveryFilter filter, long? before, int limit);
}
