using Microsoft.Data.Sqlite;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>The database file that the settings name, and how connections to it are opened.</summary>
internal sealed class SqliteFile
{
    private const string Expected = "Storage:ConnectionString has to name a database file, as in 'Data Source=data/recharge-grains.db'";
    private const int DefaultLockTimeoutSeconds = 5;

    // synchronous=FULL: an acknowledged write survives a power cut, not only a killed process.
    // fullfsync: on macOS a plain fsync leaves data in the drive's cache. No effect elsewhere.
    // busy_timeout: lets a truncating checkpoint wait a moment for readers that are about to finish.
    // wal_autocheckpoint: keeps the log near 16 MB in ordinary running, so a checkpoint is rare beside commits.
    // journal_size_limit: a log that grew past it for once gives the space back at its next reset.
    private const string WriterPragmas =
        """
        PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA busy_timeout = 200;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 33554432;
        PRAGMA cache_size = -16384;
        PRAGMA temp_store = MEMORY;
        """;

    // query_only: whatever else goes wrong, there is one writer.
    private const string ReaderPragmas = "PRAGMA query_only = ON; PRAGMA cache_size = -4096;";

    private readonly string _connectionString;

    /// <exception cref="StorageStartException">The connection string names no file.</exception>
    public SqliteFile(string connectionString, string baseFolder)
    {
        if (FindProblem(connectionString) is { } problem)
            throw new StorageStartException(problem);

        var builder = new SqliteConnectionStringBuilder(connectionString);
        Path = System.IO.Path.GetFullPath(builder.DataSource, baseFolder);
        builder.DataSource = Path;
        builder.Mode = SqliteOpenMode.ReadWriteCreate;
        builder.Cache = SqliteCacheMode.Default;
        // The readers are pooled here, and a pooled connection would hold the file open after a stop.
        builder.Pooling = false;
        if (!builder.ShouldSerialize("Default Timeout"))
            builder.DefaultTimeout = DefaultLockTimeoutSeconds;

        _connectionString = builder.ConnectionString;
    }

    public string Path { get; }

    public string LogPath => Path + "-wal";

    /// <summary>Says in one line what is wrong with a connection string, or nothing.</summary>
    public static string? FindProblem(string? connectionString)
    {
        try
        {
            var builder = new SqliteConnectionStringBuilder(connectionString);
            if (string.IsNullOrWhiteSpace(builder.DataSource))
                return $"{Expected}; it names none.";
            if (builder.DataSource.StartsWith(':') || builder.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
                return $"{Expected}; '{builder.DataSource}' is not a plain path.";
            if (builder.Mode is SqliteOpenMode.Memory or SqliteOpenMode.ReadOnly)
                return $"{Expected}; Mode={builder.Mode} cannot hold state.";

            return null;
        }
        catch (ArgumentException)
        {
            return $"{Expected}; it cannot be read as a connection string.";
        }
    }

    public SqliteSession OpenWriter() => Open(WriterPragmas);

    public SqliteSession OpenReader() => Open(ReaderPragmas);

    private SqliteSession Open(string pragmas)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = pragmas;
            command.ExecuteNonQuery();
            return new SqliteSession(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
