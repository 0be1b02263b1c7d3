using RechargeGrains.Deliveries;

namespace RechargeGrains.Outbox;

/// <summary>
/// Holds the accepted events of one connection until Ometria has answered for them (key: <see cref="Keys.ConnectionKey"/>).
/// An event that was taken survives a kill, is sent in order for its customer, and is taken once however often it is offered.
/// </summary>
[Alias("rg.outbox")]
public interface IOutboxGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes one customer's events, in ascending sequence. Durable when the task completes; those taken before are skipped.
    /// </summary>
    /// <param name="events">Events of one customer.</param>
    /// <param name="mayBeRepeated">
    /// Whether an earlier activation of the customer may have offered them already. Only then is the ledger asked, which costs a read.
    /// </param>
    /// <exception cref="OutboxFullException">The backlog has reached its limit; nothing was taken.</exception>
    [Alias("enqueue")]
    Task EnqueueAsync(IReadOnlyList<OutboundEvent> events, bool mayBeRepeated);

    /// <summary>Tells where to send and what may be sent, and tries at once what waits. Takes effect from the next push on.</summary>
    [Alias("configure")]
    Task ConfigureAsync(OutboxSettings settings);

    [Alias("status")]
    Task<OutboxStatus> GetStatusAsync();

    /// <summary>Events that are waiting and match, newest first, at most <paramref name="limit"/>, of the newest 20,000.</summary>
    [Alias("waiting")]
    Task<IReadOnlyList<DeliveryEntry>> ListWaitingAsync(DeliveryFilter filter, int limit);

    /// <summary>
    /// Reads what waits backwards from <paramref name="before"/> (the newest if null) until <paramref name="limit"/> events match or
    /// 20,000 were looked at; <see cref="DeliveryPage.Before"/> says where to go on, and is null after the oldest. A place stays the same
    /// while events come and go.
    /// </summary>
    [Alias("waiting-page")]
    Task<DeliveryPage> ReadWaitingAsync(DeliveryFilter filter, long? before, int limit);

    /// <summary>
    /// Takes events to be sent once more, under the ids they had. Durable when the task completes. One that waits already is left as it is.
    /// </summary>
    /// <returns>How many were taken.</returns>
    /// <exception cref="OutboxFullException">The backlog has reached its limit; nothing was taken.</exception>
    [Alias("replay")]
    Task<int> ReplayAsync(IReadOnlyList<DeliveryEntry> deliveries);

    /// <summary>
    /// Takes a test event, which has no number among a customer's events and introduces no contact. Otherwise it is sent and logged as any
    /// other. Durable when the task completes.
    /// </summary>
    /// <returns>Its line as of now.</returns>
    /// <exception cref="OutboxFullException">The backlog has reached its limit; nothing was taken.</exception>
    [Alias("send-test")]
    Task<DeliveryEntry> SendTestAsync(OutboundEvent test);
}
