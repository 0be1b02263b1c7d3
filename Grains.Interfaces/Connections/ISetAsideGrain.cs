namespace RechargeGrains.Connections;

/// <summary>Bodies of webhooks that could not be understood, kept for one connection until someone has a look.</summary>
[Alias("rg.set-aside")]
public interface ISetAsideGrain : IGrainWithStringKey
{
    /// <summary>Keeps a body; durable when the task completes.</summary>
    /// <exception cref="SetAsideFullException">As many are kept as fit; nothing was kept.</exception>
    [Alias("keep")]
    Task KeepAsync(SetAsideBody body);

    [Alias("summary")]
    Task<SetAsideSummary> GetSummaryAsync();
}
