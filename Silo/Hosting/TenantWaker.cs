using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RechargeGrains.Tenants;

namespace RechargeGrains.Silo.Hosting;

/// <summary>
/// Wakes every tenant after a start, and after a silo of the cluster has gone for good, so that what was under way goes on at once instead of
/// at the next tick of a reminder.
/// </summary>
internal sealed partial class TenantWaker(
    IGrainFactory grains, IClusterMembershipService membership, ILocalSiloDetails silo, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<TenantWaker> logger) : BackgroundService
{
    private const int Parallelism = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Before the silo is up nothing answers.
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        HashSet<SiloAddress>? known = null;
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            var present = snapshot.Members.Values.Where(member => member.Status is not SiloStatus.Dead).Select(member => member.SiloAddress).ToHashSet();
            // The first time for the start. A silo that is lost while tenants are being woken is noticed with the next change.
            if (known is null || (!present.IsSupersetOf(known) && IsFirstOf(snapshot)))
                await WakeAllAsync(stoppingToken);
            known = present;
        }
    }

    /// <summary>Whether it is for this silo to wake what another one held: its grains live nowhere now, and start where they are called.</summary>
    private bool IsFirstOf(ClusterMembershipSnapshot snapshot) =>
        snapshot.Members.Values.Where(member => member.Status == SiloStatus.Active).Min(member => member.SiloAddress) == silo.SiloAddress;

    private async Task WakeAllAsync(CancellationToken stoppingToken)
    {
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

    [LoggerMessage(4943, LogLevel.Error, "Tenant {TenantId} could not be woken; its reminder does it later")]
    private partial void LogTenantFailed(Exception failure, string tenantId);

    [LoggerMessage(4941, LogLevel.Information, "Woke {Tenants} tenants")]
    private partial void LogWoken(int tenants);

    [LoggerMessage(4942, LogLevel.Warning, "Tenants could not be woken; trying again")]
    private partial void LogFailed(Exception failure);
}
