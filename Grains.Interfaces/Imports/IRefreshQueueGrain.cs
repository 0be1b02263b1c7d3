namespace RechargeGrains.Imports;

/// <summary>
/// Customers of one connection (key: <see cref="Keys.ConnectionKey"/>) that have to be read again at Recharge, because an event
/// waits for their e-mail address or their list of subscriptions is not known whole. Kept until the reading succeeds.
/// </summary>
[Alias("rg.refresh-queue")]
public interface IRefreshQueueGrain : IGrainWithStringKey
{
    /// <summary>Asks for a reading; durable when the task completes. The reading itself happens soon after.</summary>
    [Alias("add")]
    Task AddAsync(long customerId);

    /// <summary>Takes over changed settings and goes on with what waits.</summary>
    [Alias("configure")]
    Task ConfigureAsync(ImportSettings settings);

    /// <summary>Completes when everything that waits now has been read, or tried once more and failed.</summary>
    [Alias("drain"), ResponseTimeout("02:00:00")]
    Task DrainAsync();

    /// <summary>How many customers were tried and could not be read, or turned out to have no e-mail address.</summary>
    [Alias("count-failing")]
    Task<int> CountFailingAsync();
}
