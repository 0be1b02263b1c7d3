using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>
/// The one writer of a database. Operations queue up while a commit is under way and share the next one, so the cost of
/// reaching the disk is split among all who wait for it. An operation is acknowledged when its commit is on disk. One
/// that finds a conflict does not disturb the others; a commit that fails fails all of its operations, and the next one
/// starts afresh.
/// </summary>
internal sealed partial class SqliteWriter
{
    // Bounds memory and log when the records are large: 512 of 900 KB would be one transaction of half a gigabyte.
    private const int MaxBatchBytes = 8 * 1024 * 1024;

    private readonly SqliteFile _file;
    private readonly int _maxBatch;
    private readonly long _logSizeLimit;
    private readonly Channel<SqliteOperation> _queue;
    private readonly StorageMetrics _metrics;
    private readonly ILogger<SqliteWriter> _logger;
    private readonly AutoResetEvent _work = new(initialState: false);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SqliteSession? _session;
    private long _lastVersion;

    public SqliteWriter(SqliteFile file, SqliteStorageOptions options, StorageMetrics metrics, ILogger<SqliteWriter> logger)
    {
        _file = file;
        _maxBatch = options.MaxBatch;
        _logSizeLimit = options.LogSizeLimit;
        _metrics = metrics;
        _logger = logger;
        _queue = Channel.CreateBounded<SqliteOperation>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });
    }

    /// <summary>Takes over an open session and starts the thread.</summary>
    public void Start(SqliteSession session)
    {
        _session = session;
        _lastVersion = ReadLastVersion(session);
        _metrics.Watch(() => _queue.Reader.Count);
        // A thread of its own, since it blocks on the disk for most of its life.
        new Thread(Run) { Name = "sqlite-writer", IsBackground = true }.Start();
    }

    /// <summary>
    /// Runs <paramref name="work"/> in the next transaction and answers when that is on disk. Waits for room first if
    /// the queue is full. Cancelling has an effect until the writer takes it up; from then on the outcome is told.
    /// </summary>
    /// <exception cref="StorageUnavailableException">It could not be committed, or the writer has stopped.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteWriteTransaction, T> work, int size, CancellationToken cancellationToken)
    {
        var operation = new SqliteOperation<T>(work, size, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(operation, cancellationToken).ConfigureAwait(false);
            _work.Set();
        }
        catch (ChannelClosedException)
        {
            operation.TryClaim();
            throw new StorageUnavailableException("The store is closed: the silo is stopping.");
        }

        return await operation.Outcome.ConfigureAwait(false);
    }

    /// <summary>Takes nothing more, commits everything that was taken, and ends.</summary>
    public Task StopAsync()
    {
        _queue.Writer.TryComplete();
        _work.Set();
        return _stopped.Task;
    }

    private void Run()
    {
        var batch = new List<SqliteOperation>(_maxBatch);
        while (!_queue.Reader.Completion.IsCompleted)
        {
            TakeBatch(batch);
            if (batch.Count > 0)
                Commit(batch);
            else
                // Not the channel's own wait: to block on a task is to spin first, which under load took a third of a processor
                // from those who fill the queue.
                _work.WaitOne();
            batch.Clear();
        }

        CloseSession();
        _stopped.SetResult();
    }

    private void TakeBatch(List<SqliteOperation> batch)
    {
        var bytes = 0L;
        while (batch.Count < _maxBatch && bytes < MaxBatchBytes && _queue.Reader.TryRead(out var operation))
        {
            if (!operation.TryClaim())
                continue;

            batch.Add(operation);
            bytes += operation.Size;
        }
    }

    private void Commit(List<SqliteOperation> batch)
    {
        var started = Stopwatch.GetTimestamp();
        SqliteWriteTransaction? transaction = null;
        try
        {
            _session ??= _file.OpenWriter();
            transaction = new SqliteWriteTransaction(_session, _lastVersion);
            transaction.Begin();
            foreach (var operation in batch)
            {
                if (operation.Execute(transaction) is { } error && !_session.InTransaction)
                    throw error;
            }

            transaction.Commit();
        }
        catch (Exception error)
        {
            Abandon(batch, error);
            return;
        }
        finally
        {
            // Also after a failure: a commit that was reported as failed may be on disk, so its versions are used up.
            _lastVersion = transaction?.LastVersion ?? _lastVersion;
        }

        foreach (var operation in batch)
            operation.Complete();

        _metrics.Committed(batch.Count, Stopwatch.GetElapsedTime(started));
        KeepLogBounded();
    }

    // The session is dropped with its transaction: after a failed disk operation a fresh one reads the file as it is.
    private void Abandon(List<SqliteOperation> batch, Exception error)
    {
        LogCommitFailed(error, batch.Count);
        _metrics.CommitFailed();
        CloseSession();
        var failure = SqliteFailure.Describe("could not be written", error);
        foreach (var operation in batch)
            operation.Fail(failure);
    }

    private void KeepLogBounded()
    {
        try
        {
            var log = new FileInfo(_file.LogPath);
            if (log.Exists && log.Length > _logSizeLimit)
                _session!.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (Exception error) when (error is SqliteException or IOException)
        {
            // Everything is on disk in the log already; the next commit tries again.
            LogCheckpointFailed(error);
        }
    }

    private void CloseSession()
    {
        try
        {
            _session?.Dispose();
        }
        catch (SqliteException error)
        {
            LogCloseFailed(error);
        }

        _session = null;
    }

    private static long ReadLastVersion(SqliteSession session) =>
        session.QueryInteger("SELECT version FROM last_version") ?? 0;
}
