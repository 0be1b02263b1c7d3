namespace RechargeGrains.Api.Health;

/// <summary>Whether the program takes work: from the end of its start to the beginning of its stop.</summary>
internal sealed class ReadyState(IHostApplicationLifetime lifetime)
{
    public bool IsReady => lifetime.ApplicationStarted.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested;
}
