using RechargeGrains.Connections;

namespace RechargeGrains.Api;

/// <summary>Tells the silos where this Api is reached, for those that were not told by a setting. Only where they are other programs.</summary>
internal sealed partial class FrontDoorAnnouncer(
    IGrainFactory grains, ListeningAddress address, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<FrontDoorAnnouncer> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the web host listens its address is not known.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        while (address.Value.Length > 0)
        {
            try
            {
                await grains.GetGrain<IFrontDoorGrain>(IFrontDoorGrain.Key).AnnounceAsync(address.Value, address.IsSet);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(4933, LogLevel.Warning, "The silos could not be told where this Api is reached; trying again")]
    private partial void LogFailed(Exception failure);
}
