using RechargeGrains.Customers;

namespace RechargeGrains.Connections;

/// <summary>
/// Bodies of webhooks that could not be understood, kept for one connection (key: <see cref="Keys.ConnectionKey"/>) until they are
/// replayed or removed.
/// </summary>
[Alias("rg.set-aside")]
public interface ISetAsideGrain : IGrainWithStringKey
{
    /// <summary>Keeps a body; durable when the task completes.</summary>
    /// <exception cref="SetAsideFullException">As many are kept as fit; nothing was kept.</exception>
    [Alias("keep")]
    Task KeepAsync(SetAsideBody body);

    /// <summary>Sums over what is still set aside.</summary>
    [Alias("summary")]
    Task<SetAsideSummary> GetSummaryAsync();

    /// <summary>Bodies with a smaller number than <paramref name="before"/>, replayed ones too; all if it is null.</summary>
    [Alias("list")]
    Task<SetAsidePage> ListAsync(long? before, int max);

    /// <summary>Bodies from a number on that are still set aside.</summary>
    [Alias("pick")]
    Task<SetAsideNumbers> PickAsync(long from, int max);

    /// <summary>Null if there is none with this number.</summary>
    [Alias("read")]
    Task<SetAsideContent?> ReadAsync(long number);

    /// <summary>Whether a replay would understand the body. Changes nothing. Null if there is none with this number.</summary>
    [Alias("try")]
    Task<bool?> TryAsync(long number);

    /// <summary>
    /// Reads a body again and gives it to its customer as if it came now from the front door, with the time it was received at. May be
    /// repeated after a failure or a lost answer: the customer knows what it has, and a body that was replayed answers as it did then.
    /// Null if there is none with this number.
    /// </summary>
    [Alias("replay")]
    Task<SetAsideOutcome?> ReplayAsync(long number, CustomerContext context);

    /// <summary>Removes a body for good. False if there is none with this number.</summary>
    [Alias("remove")]
    Task<bool> RemoveAsync(long number);
}
