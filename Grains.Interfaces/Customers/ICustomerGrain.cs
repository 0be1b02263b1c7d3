namespace RechargeGrains.Customers;

/// <summary>
/// One Recharge customer of one connection (key: <see cref="Keys.CustomerKey"/>). It decides what a message changes and
/// which event it tells, records both in one write together with the event itself, and hands the event to the outbox
/// before it answers. Every method may be repeated safely after a failure or a lost answer.
/// </summary>
[Alias("rg.customer")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Applies a webhook. Durable, and its event in the outbox, when the task completes.</summary>
    [Alias("webhook")]
    Task<ApplyOutcome> ApplyWebhookAsync(WebhookMessage message, CustomerContext context);

    /// <summary>
    /// Takes over what was read at Recharge. A reading tells no events; it does hand over events that waited for an e-mail address.
    /// </summary>
    [Alias("snapshot")]
    Task<ApplyOutcome> ApplySnapshotAsync(CustomerSnapshot snapshot, CustomerContext context);

    /// <summary>
    /// Takes over what was read at Recharge, and tells what happened before <paramref name="settledBefore"/> and no webhook told, under the
    /// id that the webhook would have had.
    /// </summary>
    /// <param name="snapshot">What was read.</param>
    /// <param name="settledBefore">What happened later may have a webhook on its way and is left to it.</param>
    /// <param name="context">The connection's settings.</param>
    /// <returns>Whether the record differed from Recharge in what is settled, or an event was missed. It no longer does.</returns>
    [Alias("reconcile")]
    Task<bool> ReconcileAsync(CustomerSnapshot snapshot, DateTimeOffset settledBefore, CustomerContext context);

    /// <summary>Announces a charge unless its address and date were announced before.</summary>
    [Alias("announce")]
    Task<ApplyOutcome> AnnounceChargeAsync(ChargeSnapshot charge, DateOnly today, CustomerContext context);

    /// <summary>
    /// Judges all charges of the customer from today on as Recharge shows them: announces those in the window that were not announced, and
    /// tells, where that is wanted, which announced ones have moved to another date.
    /// </summary>
    [Alias("charges")]
    Task<ApplyOutcome> ApplyChargesAsync(IReadOnlyList<ChargeSnapshot> charges, DateOnly today, CustomerContext context);

    /// <summary>
    /// Recharge no longer has the customer (deleted, or merged into another): its subscriptions count no more, and its contact shows zeros.
    /// </summary>
    /// <param name="readAt">When Recharge was asked; what a webhook brought later counts more.</param>
    /// <param name="context">The connection's settings.</param>
    /// <returns>Whether something was known of it that has changed by this.</returns>
    [Alias("gone")]
    Task<bool> ApplyGoneAsync(DateTimeOffset readAt, CustomerContext context);

    /// <summary>
    /// Tells what waits for the customer to be read, as far as the address is known: the reading takes too long. The contact then goes ahead
    /// without numbers.
    /// </summary>
    /// <returns>Whether nothing waits any longer.</returns>
    [Alias("tell-unread")]
    Task<bool> TellUnreadAsync(CustomerContext context);

    /// <summary>What is known of the customer, or null if nothing is.</summary>
    [Alias("describe")]
    Task<CustomerView?> DescribeAsync();
}
