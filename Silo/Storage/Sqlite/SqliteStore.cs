using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>
/// The embedded store: a database file that this process has to itself, one writer and a few readers. Open from before
/// the first grain until after the last.
/// </summary>
internal sealed partial class SqliteStore(
    SqliteFile file, SqliteStorageOptions options, StorageMetrics metrics, ILoggerFactory loggers)
    : ILifecycleParticipant<ISiloLifecycle>, IAsyncDisposable
{
    private readonly ILogger<SqliteStore> _logger = loggers.CreateLogger<SqliteStore>();
    private readonly SemaphoreSlim _gate = new(1);
    private SqliteFileLock? _lock;
    private volatile SqliteWriter? _writer;
    private volatile SqliteReaders? _readers;

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe<SqliteStore>(ServiceLifecycleStage.RuntimeStorageServices, StartAsync, StopAsync);

    /// <exception cref="StorageStartException">The file cannot be used; says why in one line.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(Start, cancellationToken);

    /// <summary>Commits what is queued, empties the log into the database and lets go of the file.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        // Not given up half-way, whatever the token says: the file may be let go of only when the writer is done with it.
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_lock is null)
                return;

            // Readers first, so that the writer's connection is the last one and SQLite tidies up when it closes.
            await _readers!.StopAsync().ConfigureAwait(false);
            await _writer!.StopAsync().ConfigureAwait(false);
            _lock.Dispose();
            _lock = null;
            LogClosed(file.Path);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    /// <inheritdoc cref="SqliteWriter.WriteAsync" />
    public Task<T> WriteAsync<T>(Func<SqliteWriteTransaction, T> work, int size, CancellationToken cancellationToken) =>
        (_writer ?? throw NotOpen()).WriteAsync(work, size, cancellationToken);

    /// <inheritdoc cref="SqliteReaders.ReadAsync" />
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> query, CancellationToken cancellationToken) =>
        (_readers ?? throw NotOpen()).ReadAsync(query, cancellationToken);

    private static StorageUnavailableException NotOpen() => new("The store is not open yet.");

    private void Start()
    {
        CreateFolder();
        var fileLock = SqliteFileLock.Take(file.Path);
        SqliteSession? session = null;
        try
        {
            session = file.OpenWriter();
            SqliteSchema.Apply(session, file.Path);
            var writer = new SqliteWriter(file, options, metrics, loggers.CreateLogger<SqliteWriter>());
            writer.Start(session);
            _readers = new SqliteReaders(file);
            _writer = writer;
            _lock = fileLock;
        }
        catch (Exception error)
        {
            session?.Dispose();
            fileLock.Dispose();
            if (error is SqliteException sqlite)
                throw new StorageStartException($"The database {file.Path} cannot be opened: {SqliteFailure.Reason(sqlite)}.", sqlite);

            throw;
        }

        LogOpened(file.Path, SqliteSchema.Version);
    }

    private void CreateFolder()
    {
        var folder = Path.GetDirectoryName(file.Path)!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageStartException($"The folder {folder} of the database cannot be made.", error);
        }
    }

    [LoggerMessage(2001, LogLevel.Information, "Opened the database {Path}, schema {Schema}")]
    private partial void LogOpened(string path, int schema);

    [LoggerMessage(2002, LogLevel.Information, "Closed the database {Path}")]
    private partial void LogClosed(string path);
}
