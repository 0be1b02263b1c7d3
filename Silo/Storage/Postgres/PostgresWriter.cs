using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Orleans.Configuration;

namespace RechargeGrains.Silo.Storage.Postgres;

/// <summary>
/// Writes records, many in one transaction: those that come while others are on their way to disk go together with the next ones, so the way is
/// paid for once. Each is written only over the version it expects, and a conflict does not disturb the others. What is acknowledged is committed.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    /// <summary>Transactions at once: while one waits for the disk, the next is under way.</summary>
    private const int Transactions = 2;

    /// <summary>What one transaction takes at most.</summary>
    private const int MaxWrites = 256;
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Beyond it callers wait for room.</summary>
    private const int MaxWaiting = 10_000;

    private const string Insert =
        """
        INSERT INTO grain_state (service_id, grain, name, version, written_at, state)
        VALUES ($1, $2, $3, nextval('record_version'), now(), $4)
        ON CONFLICT DO NOTHING
        RETURNING version
        """;

    private const string Update =
        """
        UPDATE grain_state SET version = nextval('record_version'), written_at = now(), state = $4
        WHERE service_id = $1 AND grain = $2 AND name = $3 AND version = $5
        RETURNING version
        """;

    private const string Delete = "DELETE FROM grain_state WHERE service_id = $1 AND grain = $2 AND name = $3 AND version = $4 RETURNING version";

    private readonly Channel<PostgresWrite> _queue = Channel.CreateBounded<PostgresWrite>(MaxWaiting);
    private readonly NpgsqlDataSource _source;
    private readonly StorageMetrics _metrics;
    private readonly string _service;
    private readonly Task[] _writers;

    public PostgresWriter(NpgsqlDataSource source, StorageMetrics metrics, IOptions<ClusterOptions> cluster)
    {
        _source = source;
        _metrics = metrics;
        _service = cluster.Value.ServiceId;
        metrics.Watch(() => _queue.Reader.Count);
        _writers = [.. Enumerable.Range(0, Transactions).Select(_ => Task.Run(RunAsync))];
    }

    /// <summary>Answers the version that was written, or null where another one than expected was there. Waits for room first if there is none.</summary>
    /// <exception cref="NpgsqlException">It could not be written, or nobody knows whether it was.</exception>
    public async Task<int?> WriteAsync(PostgresWrite write)
    {
        try
        {
            await _queue.Writer.WriteAsync(write).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new StorageUnavailableException("The store is closed: the silo is stopping.");
        }

        return await write.Outcome.ConfigureAwait(false);
    }

    /// <summary>Takes nothing more and commits what it has.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await Task.WhenAll(_writers).ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var writes = new List<PostgresWrite>(MaxWrites);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            Take(writes);
            if (writes.Count > 0)
                await CommitAsync(writes).ConfigureAwait(false);
            writes.Clear();
        }
    }

    private void Take(List<PostgresWrite> writes)
    {
        var bytes = 0;
        while (writes.Count < MaxWrites && bytes < MaxBytes && _queue.Reader.TryRead(out var write))
        {
            writes.Add(write);
            bytes += write.Size;
        }

        // Everybody locks rows in the same order, so that nobody waits for each other.
        writes.Sort(static (one, other) => string.CompareOrdinal(one.Grain, other.Grain) is var byGrain and not 0 ? byGrain : string.CompareOrdinal(one.Name, other.Name));
    }

    private async Task CommitAsync(List<PostgresWrite> writes)
    {
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var versions = await ExecuteAsync(writes).ConfigureAwait(false);
            for (var i = 0; i < writes.Count; i++)
                writes[i].Complete(versions[i]);
            _metrics.Committed(writes.Count, Stopwatch.GetElapsedTime(begun));
        }
        catch (PostgresException failure) when (writes.Count > 1 && IsAboutOne(failure))
        {
            // None was taken: each for itself then, so that the others do not suffer from it.
            foreach (var write in writes)
                await CommitAsync([write]).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _metrics.CommitFailed();
            foreach (var write in writes)
                write.Fail(failure);
        }
    }

    /// <summary>Whether the server did not like one of them, or somebody else's lock, and would take the others: classes 22, 23, 40 and 54 of its error codes.</summary>
    private static bool IsAboutOne(PostgresException failure) => failure.SqlState[..2] is "22" or "23" or "40" or "54";

    /// <summary>The versions that are there then, in the order of the writes.</summary>
    private async Task<int?[]> ExecuteAsync(List<PostgresWrite> writes)
    {
        await using var connection = await _source.OpenConnectionAsync().ConfigureAwait(false);
        // One message, and with that one transaction.
        await using var batch = new NpgsqlBatch(connection);
        foreach (var write in writes)
            batch.BatchCommands.Add(CommandOf(write));
        var versions = new int?[writes.Count];
        await using var reader = await batch.ExecuteReaderAsync().ConfigureAwait(false);
        for (var i = 0; i < versions.Length; i++)
        {
            if (await reader.ReadAsync().ConfigureAwait(false))
                versions[i] = reader.GetInt32(0);
            await reader.NextResultAsync().ConfigureAwait(false);
        }

        return versions;
    }

    private NpgsqlBatchCommand CommandOf(PostgresWrite write)
    {
        var command = new NpgsqlBatchCommand(write switch
        {
            { State: null } => Delete,
            { Expected: null } => Insert,
            _ => Update,
        });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _service });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = write.Grain });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = write.Name });
        if (write.State is { } state)
            command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = state, NpgsqlDbType = NpgsqlDbType.Bytea });
        if (write.Expected is { } expected)
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = expected });
        return command;
    }
}
