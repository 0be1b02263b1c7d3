using RechargeGrains.Accounts;
using RechargeGrains.Customers;

namespace RechargeGrains.Recharge;

/// <summary>
/// One API key at Recharge and the only caller that uses it (key: <see cref="Keys.AccountKey"/>), so that one budget
/// covers everything the key is used for. Calls fail with <see cref="RechargeCallException"/>.
/// </summary>
[Alias("rg.recharge-account")]
public interface IRechargeAccountGrain : IGrainWithStringKey
{
    /// <summary>
    /// Checks a key (it works, its scopes, that the store is on Shopify) and keeps it, encrypted, only if all is well.
    /// </summary>
    [Alias("set-key"), ResponseTimeout("00:02:00")]
    Task<KeyCheck> SetKeyAsync(string apiKey, string? clientSecret);

    [Alias("status")]
    Task<AccountStatus> GetStatusAsync();

    /// <summary>
    /// The client secrets that webhooks may be signed with: the present one, and for 48 hours the one before it. Empty if none was given.
    /// </summary>
    [Alias("client-secrets")]
    Task<IReadOnlyList<string>> GetClientSecretsAsync();

    [Alias("customers"), ResponseTimeout("00:10:00")]
    Task<CustomerPage> ReadCustomersAsync(PageStart start, CallPriority priority);

    /// <summary>One customer with all subscriptions, or null if Recharge does not have it.</summary>
    [Alias("customer"), ResponseTimeout("00:10:00")]
    Task<CustomerSnapshot?> ReadCustomerAsync(long customerId, CallPriority priority);

    [Alias("subscriptions"), ResponseTimeout("00:10:00")]
    Task<SubscriptionPage> ReadSubscriptionsAsync(PageStart start, CallPriority priority);

    /// <summary>Queued charges between two dates of the store's calendar, both included.</summary>
    [Alias("charges"), ResponseTimeout("00:10:00")]
    Task<ChargePage> ReadQueuedChargesAsync(DateOnly from, DateOnly to, string? cursor, CallPriority priority);

    /// <summary>All charges of one customer from a date of the store's calendar on, queued or not.</summary>
    [Alias("customer-charges"), ResponseTimeout("00:10:00")]
    Task<IReadOnlyList<ChargeSnapshot>> ReadChargesOfAsync(long customerId, DateOnly from, CallPriority priority);

    /// <summary>
    /// Customers of whom something was deleted since then, from Recharge's log of events, which reaches back seven days and no further. Empty
    /// for a key that may not read the log (<c>read_events</c>), which needs no more than the other readings.
    /// </summary>
    [Alias("deletions"), ResponseTimeout("00:10:00")]
    Task<DeletionPage> ReadDeletionsAsync(DateTimeOffset since, string? cursor, CallPriority priority);

    [Alias("list-webhooks"), ResponseTimeout("00:10:00")]
    Task<IReadOnlyList<RegisteredWebhook>> ListWebhooksAsync();

    /// <summary>Registers a webhook; one that exists with the same topic and address is fine.</summary>
    [Alias("create-webhook"), ResponseTimeout("00:10:00")]
    Task CreateWebhookAsync(string topic, string address);

    /// <summary>
    /// Removes the webhooks that the key before the present one registered, so that nothing is delivered twice. A former key that Recharge
    /// no longer takes can remove nothing, which is fine.
    /// </summary>
    /// <param name="path">Part of the addresses of those that are meant.</param>
    [Alias("remove-former-webhooks"), ResponseTimeout("00:10:00")]
    Task RemoveFormerWebhooksAsync(string path);

    /// <summary>Removes a webhook; one that is gone already is fine.</summary>
    [Alias("delete-webhook"), ResponseTimeout("00:10:00")]
    Task DeleteWebhookAsync(long webhookId);

    /// <summary>Seals anew what an older master key has sealed. Answers how many secrets it was.</summary>
    [Alias("seal-anew")]
    Task<int> SealAnewAsync();
}
