namespace RechargeGrains.Imports;

/// <summary>
/// Customers of one connection (key: <see cref="Keys.ConnectionKey"/>) that have to be read again at Recharge, because an event
/// waits for their e-mail address or their list of subscriptions is not known whole. Kept until the reading succeeds.
/// </summary>
[Alias("rg.refresh-queue")]
public interface IRefreshQueueGrain : IGrainWithStringKey
{
    /// <summary>Asks for a reading; durable when the task completes. The reading itself happens soon after.</summary>
    /// <param name="customerId">Who is to be read.</param>
    /// <param name="waitingEvents">How many of the customer's events cannot be told before; those with any go first.</param>
    /// <param name="canBeTold">
    /// Whether they could be told before the reading if need be, because the address is known; if the reading is not expected soon, they do not
    /// count as waiting.
    /// </param>
    /// <returns>
    /// Whether the reading is expected within moments, so that the first event of a customer may wait for it. If it then takes longer, the
    /// customer is asked to tell what it has (<see cref="Customers.ICustomerGrain.TellUnreadAsync"/>).
    /// </returns>
    [Alias("add")]
    Task<bool> AddAsync(long customerId, int waitingEvents, bool canBeTold);

    /// <summary>Asks for a reading at a later time, besides one that may be wanted sooner; durable when the task completes.</summary>
    [Alias("add-later")]
    Task AddLaterAsync(long customerId, DateTimeOffset notBefore);

    /// <summary>Takes over changed settings and goes on with what waits.</summary>
    [Alias("configure")]
    Task ConfigureAsync(ImportSettings settings);

    /// <summary>Completes when everything that waits now has been read, or tried once more and failed.</summary>
    [Alias("drain"), ResponseTimeout("02:00:00")]
    Task DrainAsync();

    [Alias("status")]
    Task<RefreshStatus> GetStatusAsync();
}
