using RechargeGrains.Keys;
using RechargeGrains.People;

namespace RechargeGrains.Api.People;

/// <summary>
/// While nobody of the staff can sign in, prints a link that lets the first one in, once. On standard error and not in the log, which is
/// sent to places where such a link has no business.
/// </summary>
internal sealed partial class FirstOperator(
    IGrainFactory grains, IHostApplicationLifetime lifetime, ListeningAddress address, SignInOptions options, TimeProvider time, ILogger<FirstOperator> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        while (true)
        {
            try
            {
                if (options.IsLocal && await grains.GetGrain<IPeopleGrain>(PersonKey.Staff).NewFirstCodeAsync() is { } code)
                    await Console.Error.WriteLineAsync($"Nobody of the staff can sign in yet. Open this link once to be the first: {address.Value}/welcome/first?code={code}");
                return;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    [LoggerMessage(5401, LogLevel.Warning, "Whether anybody can sign in could not be found out; trying again")]
    private partial void LogFailed(Exception failure);
}
