using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RechargeGrains.Tenants;

namespace RechargeGrains.Silo.Hosting;

/// <summary>
/// Wakes every tenant after a start, so that what was under way goes on at once instead of at the next tick of a reminder.
/// </summary>
internal sealed partial class TenantWaker(
    IGrainFactory grains, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<TenantWaker> logger) : BackgroundService
{
    private const int Parallelism = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the silo is up nothing answers.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var tenants = await grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.Key).ListAsync();
                await Parallel.ForEachAsync(
                    tenants,
                    new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = stoppingToken },
                    async (tenant, _) => await WakeAsync(tenant));
                LogWoken(tenants.Count);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task WakeAsync(string tenant)
    {
        try
        {
            await grains.GetGrain<ITenantGrain>(tenant).WakeAsync();
        }
        catch (Exception failure)
        {
            // The others are not kept waiting for it; its reminder wakes it soon.
            LogTenantFailed(failure, tenant);
        }
    }

    [LoggerMessage(4903, LogLevel.Error, "Tenant {TenantId} could not be woken; its reminder does it later")]
    private partial void LogTenantFailed(Exception failure, string tenantId);

    [LoggerMessage(4901, LogLevel.Information, "Woke {Tenants} tenants")]
    private partial void LogWoken(int tenants);

    [LoggerMessage(4902, LogLevel.Warning, "Tenants could not be woken; trying again")]
    private partial void LogFailed(Exception failure);
}
