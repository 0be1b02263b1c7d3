using RechargeGrains.Keys;

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
    /// Sends contacts whose numbers or address differ from what Ometria was last sent, in at most
    /// <paramref name="maxBatches"/> pushes of 100, and answers what came of it. Call again while some are left and
    /// nothing failed; what could not be sent stays recorded for the next run.
    /// </summary>
    [Alias("push"), ResponseTimeout("00:10:00")]
    Task<ContactPushResult> PushChangesAsync(AccountKey ometriaAccount, int maxBatches);

    [Alias("status")]
    Task<ContactBookStatus> GetStatusAsync();
}
