using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace RechargeGrains.Silo.Storage.Postgres;

/// <summary>
/// Before anything else starts: waits a little for the database, which may be starting too, brings its tables up to date, and warns
/// if it answers before it has written.
/// </summary>
internal sealed partial class PostgresStart(NpgsqlDataSource source, TimeProvider time, ILogger<PostgresStart> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <exception cref="StorageStartException">The database cannot be used; says why in one line.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while (true)
        {
            try
            {
                var found = await PostgresSchema.ApplyAsync(source, cancellationToken);
                LogOpened(found, PostgresSchema.Version);
                await WarnIfItForgetsAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException failure) when (IsPassing(failure) && time.GetElapsedTime(begun) < Patience)
            {
                LogWaiting(failure.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (NpgsqlException failure)
            {
                throw new StorageStartException($"Storage:ConnectionString: the database cannot be used: {PostgresFailure.Reason(failure)}.", failure);
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whether the server may be there in a moment: it cannot be reached or is starting. A wrong password stays wrong.</summary>
    private static bool IsPassing(NpgsqlException failure) => failure is PostgresException server
        ? server.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections
        : failure.InnerException is SocketException or TimeoutException or IOException;

    /// <summary>What was answered 200 has to survive a power cut. A database may be told to be quicker than that.</summary>
    private async Task WarnIfItForgetsAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("SELECT current_setting('synchronous_commit') <> 'off' AND current_setting('fsync') = 'on'");
        if (await command.ExecuteScalarAsync(cancellationToken) is false)
            LogForgets();
    }

    [LoggerMessage(2301, LogLevel.Information, "Opened the database; its schema was {Found} and is {Schema}")]
    private partial void LogOpened(int found, int schema);

    [LoggerMessage(2302, LogLevel.Warning, "The database does not answer yet: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(2303, LogLevel.Warning, "The database answers before it has written (fsync or synchronous_commit is off): a power cut can lose what was acknowledged")]
    private partial void LogForgets();
}
