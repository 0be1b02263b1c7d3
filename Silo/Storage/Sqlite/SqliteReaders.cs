using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>
/// A few read-only sessions, used on pool threads and never on a grain's turn. Each query sees every write that was
/// acknowledged before it began, and none halfway.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file)
{
    // Reads are short and mostly served from the page cache; more of them than cores would only wait for each other.
    private static readonly int MaxSessions = Math.Clamp(Environment.ProcessorCount, 2, 8);

    private readonly SemaphoreSlim _slots = new(MaxSessions);
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _closed;

    /// <exception cref="StorageUnavailableException">It could not be read, or the store has stopped.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> query, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_closed)
                throw new StorageUnavailableException("The store is closed: the silo is stopping.");

            return await Task.Run(() => Read(query), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Waits for the queries under way, then closes the sessions.</summary>
    public async Task StopAsync()
    {
        _closed = true;
        for (var i = 0; i < MaxSessions; i++)
            await _slots.WaitAsync().ConfigureAwait(false);

        while (_idle.TryTake(out var session))
            session.Dispose();

        _slots.Release(MaxSessions);
    }

    private T Read<T>(Func<SqliteSession, T> query)
    {
        SqliteSession? session = null;
        try
        {
            if (!_idle.TryTake(out session))
                session = file.OpenReader();

            var result = query(session);
            _idle.Add(session);
            return result;
        }
        catch (Exception error)
        {
            session?.Dispose();
            if (error is SqliteException)
                throw SqliteFailure.Describe("could not be read", error);

            throw;
        }
    }
}
