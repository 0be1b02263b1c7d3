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

    [Alias("status")]
    Task<UpcomingChargesStatus> GetStatusAsync();
}
