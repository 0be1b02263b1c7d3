using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using RechargeGrains.Grains.Security;
using RechargeGrains.Silo.Storage;
using RechargeGrains.Tenants;

namespace RechargeGrains.Silo.Hosting;

/// <summary>
/// After a start with several master keys: seals anew what an older one has sealed, and says when no older one is needed any more. Every silo
/// does so; the last one that starts with the new key in front finds what the others still wrote with the older one.
/// </summary>
internal sealed partial class KeyRotation(
    MasterKeys keys, IGrainFactory grains, IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<KeyRotation> logger)
    : BackgroundService
{
    private const int Parallelism = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (keys.Count == 1)
            return;
        // Before the silo is up nothing answers.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await SealAnewAsync(stoppingToken);
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task SealAnewAsync(CancellationToken cancellationToken)
    {
        var (secrets, failed) = (0, 0);
        // Secrets first: they lie inside of records.
        await Parallel.ForEachAsync(
            await grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.Key).ListAsync(),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellationToken },
            async (tenant, _) =>
            {
                try
                {
                    Interlocked.Add(ref secrets, await grains.GetGrain<ITenantGrain>(tenant).SealAnewAsync());
                }
                catch (Exception failure)
                {
                    // The others, and the records, are not kept from the new key by it.
                    Interlocked.Increment(ref failed);
                    LogTenantFailed(failure, tenant);
                }
            });
        if (services.GetService<IResealable>() is not { } store)
        {
            LogSecretsSealed(secrets);
            return;
        }

        var serializer = (EncryptedStateSerializer)services.GetRequiredService<IGrainStorageSerializer>();
        var (records, unreadable) = await store.SealAnewAsync(serializer, cancellationToken);
        if (unreadable > 0)
            LogUnreadable(unreadable);
        else if (failed == 0)
            LogSealed(secrets, records, keys.Count);
    }

    [LoggerMessage(4921, LogLevel.Information, "Sealed {Secrets} secrets and {Records} records anew: nothing needs any but the first of the {Keys} master keys, as far as this silo's start found")]
    private partial void LogSealed(int secrets, int records, int keys);

    [LoggerMessage(4922, LogLevel.Information, "Sealed {Secrets} secrets anew. Records of this store move over as they are written: keep the older master keys")]
    private partial void LogSecretsSealed(int secrets);

    [LoggerMessage(4923, LogLevel.Error, "{Records} records were sealed with a master key that is not configured; keep the older keys, and find the one that is missing")]
    private partial void LogUnreadable(int records);

    [LoggerMessage(4925, LogLevel.Error, "Secrets of tenant {TenantId} could not be sealed anew: keep the older master keys, and start again when it is mended")]
    private partial void LogTenantFailed(Exception failure, string tenantId);

    [LoggerMessage(4924, LogLevel.Warning, "What an older master key has sealed could not be sealed anew; trying again")]
    private partial void LogFailed(Exception failure);
}
