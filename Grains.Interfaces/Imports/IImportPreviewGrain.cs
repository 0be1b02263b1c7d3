namespace RechargeGrains.Imports;

/// <summary>
/// Counts what a first import would read from a Recharge account (key: <see cref="Keys.AccountKey"/>), before there is a connection. It
/// changes nothing and sends nothing. One counting at a time for each account; it resumes at the page it was on.
/// </summary>
[Alias("rg.import-preview")]
public interface IImportPreviewGrain : IGrainWithStringKey
{
    /// <summary>Starts counting; durable when the task completes. While the same is being counted, nothing changes; another date starts anew.</summary>
    /// <param name="customersStartDate">Customers changed after it are counted; all of them if null.</param>
    [Alias("start")]
    Task<ImportPreview> StartAsync(DateTimeOffset? customersStartDate);

    /// <summary>The last preview, finished or not; null if none was ever asked for.</summary>
    [Alias("status")]
    Task<ImportPreview?> GetAsync();
}
