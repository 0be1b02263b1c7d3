using RechargeGrains.Imports;

namespace RechargeGrains.Reconciliation;

/// <summary>
/// Compares what is known of a connection's customers with Recharge (key: <see cref="Keys.ConnectionKey"/>), repairs what differs, and has
/// the events told that no webhook brought.
/// </summary>
[Alias("rg.reconciliation")]
public interface IReconciliationGrain : IGrainWithStringKey
{
    /// <summary>Takes over the settings. Held, it reads nothing.</summary>
    [Alias("configure")]
    Task ConfigureAsync(ImportSettings settings);

    /// <summary>The first import is done: from then on it looks for changes every so often, and compares everything once a night.</summary>
    /// <param name="settings">The connection's.</param>
    /// <param name="night">The newest night whose full comparison is due.</param>
    [Alias("ensure")]
    Task EnsureAsync(ImportSettings settings, DateOnly night);

    /// <summary>Compares everything now.</summary>
    [Alias("compare-all")]
    Task CompareAllAsync(ImportSettings settings);

    /// <summary>Reads what changed while nothing could tell it, and tells all of it at once.</summary>
    /// <param name="settings">The connection's.</param>
    /// <param name="from">When webhooks were last known to come.</param>
    /// <param name="until">Since when they come again.</param>
    [Alias("read-gap")]
    Task ReadGapAsync(ImportSettings settings, DateTimeOffset from, DateTimeOffset until);

    [Alias("status")]
    Task<ReconciliationStatus> GetStatusAsync();
}
