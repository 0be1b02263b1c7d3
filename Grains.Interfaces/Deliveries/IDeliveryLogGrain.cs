namespace RechargeGrains.Deliveries;

/// <summary>What was sent to Ometria on one day, and what it answered (key: <see cref="Keys.DeliveryDayKey"/>).</summary>
[Alias("rg.delivery-log")]
public interface IDeliveryLogGrain : IGrainWithStringKey
{
    /// <summary>
    /// Writes down what became of events; durable when the task completes. An event that has a line already gets it changed, which is
    /// looked for only where <paramref name="mayBeThere"/> says so.
    /// </summary>
    [Alias("append")]
    Task AppendAsync(IReadOnlyList<DeliveryEntry> entries, bool mayBeThere);

    /// <summary>The line of an event, or null.</summary>
    [Alias("find")]
    Task<DeliveryEntry?> FindAsync(string eventId);

    /// <summary>Reads backwards from <paramref name="before"/> (the end if null) until <paramref name="limit"/> lines match.</summary>
    [Alias("read")]
    Task<DeliveryPage> ReadAsync(DeliveryFilter filter, long? before, int limit);

    /// <summary>
    /// Reads forwards from <paramref name="from"/> until <paramref name="limit"/> lines match; <see cref="DeliveryPage.Next"/> says where
    /// to go on.
    /// </summary>
    [Alias("scan")]
    Task<DeliveryPage> ScanAsync(DeliveryFilter filter, long from, int limit);

    /// <summary>Counts the day by hour, type and status. The first time the day is read; from then on only what has changed.</summary>
    [Alias("counts"), ResponseTimeout("00:02:00")]
    Task<IReadOnlyList<DeliveryCount>> CountAsync();

    /// <summary>Removes the whole day for good.</summary>
    [Alias("remove")]
    Task RemoveAsync();
}
