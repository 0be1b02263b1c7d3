using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RechargeGrains.Connections;
using RechargeGrains.Grains.Connections;

namespace RechargeGrains.Silo.Hosting;

/// <summary>Lets a silo that has no <c>PublicUrl</c> learn from the Apis where webhooks are to be sent.</summary>
internal sealed partial class FrontDoorFinder(
    IGrainFactory grains, PublicAddress address, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<FrontDoorFinder> logger) : BackgroundService
{
    /// <summary>Nothing can be set up before it is known; afterwards it seldom changes.</summary>
    private static readonly TimeSpan UntilKnown = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan WhenKnown = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the silo is up nothing answers.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        LogAsking();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                address.Base = await grains.GetGrain<IFrontDoorGrain>(IFrontDoorGrain.Key).GetAddressAsync() ?? address.Base;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }

            await Task.Delay(address.Base is null ? UntilKnown : WhenKnown, time, stoppingToken);
        }
    }

    [LoggerMessage(4931, LogLevel.Information, "PublicUrl is not set: webhooks are registered where the Apis say that they are reached")]
    private partial void LogAsking();

    [LoggerMessage(4932, LogLevel.Warning, "Where the Apis are reached could not be asked; trying again")]
    private partial void LogFailed(Exception failure);
}
