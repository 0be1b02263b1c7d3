namespace RechargeGrains.Imports;

/// <summary>
/// Reads the queued charges of one connection (key: <see cref="Keys.ConnectionKey"/>) for the coming days and asks each
/// customer to announce them.
/// </summary>
[Alias("rg.upcoming-charges")]
public interface IUpcomingChargesGrain : IGrainWithStringKey
{
    /// <summary>Reads unless the last reading is younger than <paramref name="every"/>; returns at once.</summary>
    [Alias("ensure-read")]
    Task EnsureReadAsync(TimeSpan every, ImportSettings settings);

    /// <summary>Takes over changed settings.</summary>
    [Alias("configure")]
    Task ConfigureAsync(ImportSettings settings);

    /// <summary>
    /// Takes a webhook's word that a customer's charges have changed, and reads them at Recharge within moments. Many hints at once are one
    /// reading of everything. Durable when it completes, but for what a crash leaves to the next reading.
    /// </summary>
    /// <param name="customerId">Whose charges.</param>
    /// <param name="date">The date that the webhook named; one outside the window changes nothing, unless it moved there.</param>
    /// <param name="mayHaveMoved">Whether something that was announced may have moved to that date.</param>
    [Alias("hint")]
    Task HintAsync(long customerId, DateOnly date, bool mayHaveMoved);

    [Alias("status")]
    Task<UpcomingChargesStatus> GetStatusAsync();
}
