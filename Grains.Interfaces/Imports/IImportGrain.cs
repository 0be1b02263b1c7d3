namespace RechargeGrains.Imports;

/// <summary>
/// Reads customers from Recharge for one connection (key: <see cref="Keys.ConnectionKey"/>): once for the first import,
/// then each day what changed, and everything once more when asked. It resumes at the page it was on, and it tells no event.
/// </summary>
[Alias("rg.import")]
public interface IImportGrain : IGrainWithStringKey
{
    /// <summary>Starts the first import, or goes on with it if it was started before.</summary>
    /// <param name="latestDueDay">The newest day whose daily run was due already; the import stands for it.</param>
    /// <param name="settings">Where to read and send.</param>
    [Alias("start-first")]
    Task StartFirstAsync(DateOnly latestDueDay, ImportSettings settings);

    /// <summary>
    /// Makes sure that the daily run of <paramref name="day"/> is done, under way, or follows the first import.
    /// </summary>
    [Alias("ensure-daily")]
    Task EnsureDailyAsync(DateOnly day, ImportSettings settings);

    /// <summary>Runs the daily sync now, besides the one at its hour.</summary>
    [Alias("sync-now")]
    Task SyncNowAsync(ImportSettings settings);

    /// <summary>
    /// Reads everything once more, as the first import did, and sends every contact, whatever was sent before; durable when the task
    /// completes. Nothing happens while the first import or another re-import is under way. Daily runs go first.
    /// </summary>
    [Alias("reimport")]
    Task ReimportAsync(ImportSettings settings);

    /// <summary>Takes over changed settings and goes on with what is under way.</summary>
    [Alias("configure")]
    Task ConfigureAsync(ImportSettings settings);

    [Alias("status")]
    Task<ImportStatus> GetStatusAsync();
}
