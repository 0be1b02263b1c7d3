using RechargeGrains.Keys;
using RechargeGrains.Ometria;

namespace RechargeGrains.Contacts;

/// <summary>
/// Knows, for one connection (key: <see cref="ConnectionKey"/>), what Ometria was last sent for each contact and which
/// contacts have changed since. Written when numbers change and read by the daily run, so that 06:00 wakes no customer.
/// </summary>
[Alias("rg.contact-book")]
public interface IContactBookGrain : IGrainWithStringKey
{
    /// <summary>Records a customer's numbers. Durable when the task completes; the last one recorded counts.</summary>
    [Alias("record")]
    Task RecordAsync(ContactChange change);

    /// <summary>
    /// Sends contacts whose numbers or address differ from what Ometria was last sent, or that have to be sent anyway, in at most
    /// <paramref name="maxBatches"/> pushes of 100, and answers what came of it. Call again while some are left and
    /// nothing failed; what could not be sent stays recorded for the next run.
    /// </summary>
    [Alias("push"), ResponseTimeout("00:10:00")]
    Task<ContactPushResult> PushChangesAsync(AccountKey ometriaAccount, int maxBatches);

    /// <summary>
    /// Customers whose contact shows anything but zeros, or is about to, as far as they are in one of the book's parts (0 and up); null
    /// behind the last part.
    /// </summary>
    [Alias("list-active")]
    Task<IReadOnlyList<long>?> ListActiveAsync(int part);

    [Alias("status")]
    Task<ContactBookStatus> GetStatusAsync();

    /// <summary>
    /// Sends contacts that Ometria was never sent, because an event of theirs is next: with their numbers, or without where those are not
    /// known yet, since a wrong number could start a campaign.
    /// </summary>
    /// <returns>What kept them from being sent, or null; a contact that Ometria refuses keeps nobody.</returns>
    [Alias("introduce"), ResponseTimeout("00:10:00")]
    Task<PushResult?> IntroduceAsync(AccountKey ometriaAccount, IReadOnlyList<ContactName> contacts);

    /// <summary>Ometria found a contact invalid after it had taken it. Answers whether that contact is one of this connection.</summary>
    [Alias("invalid")]
    Task<bool> NoteInvalidAsync(long customerId);
}
