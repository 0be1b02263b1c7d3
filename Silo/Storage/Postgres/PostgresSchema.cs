using System.Reflection;
using Npgsql;

namespace RechargeGrains.Silo.Storage.Postgres;

/// <summary>
/// The tables, by version. A database is brought to <see cref="Version"/> at start, in one transaction and by one program at a time,
/// however many start at once.
/// </summary>
/// <remarks>
/// A script that has been released is never edited; a change is a new script. While a cluster is replaced one by one, the version
/// before runs on the new tables, and may have to start again on them: so a script adds, and what nobody uses any more is removed by a later
/// one. A script that the version before cannot live with says so by a higher <c>readable_from</c>.
/// </remarks>
internal static class PostgresSchema
{
    /// <summary>The oldest server that the scripts were tried on.</summary>
    private const int OldestServer = 15;

    private const string Prefix = "schema/";

    /// <summary>Any number will do that nothing else takes for a lock in the same database.</summary>
    private const long LockKey = 0x5245_4348_4752_4149;

    private static readonly string[] Scripts =
        [.. typeof(PostgresSchema).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The version that this build reads and writes.</summary>
    public static int Version => Scripts.Length;

    /// <summary>Applies what is missing. Answers the version that was found.</summary>
    /// <exception cref="StorageStartException">The database is too old, or has been made into something that this version cannot use.</exception>
    public static async Task<int> ApplyAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        if (connection.PostgreSqlVersion.Major < OldestServer)
            throw new StorageStartException($"The database server is PostgreSQL {connection.PostgreSqlVersion}; expected is {OldestServer} or newer.");
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync($"SELECT pg_advisory_xact_lock({LockKey})");
        await ExecuteAsync(
            """
            CREATE TABLE IF NOT EXISTS schema_version (
                version integer PRIMARY KEY, script text NOT NULL, readable_from integer NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """);
        var (found, readableFrom) = await FoundAsync(connection, transaction, cancellationToken);
        if (readableFrom > Version)
        {
            throw new StorageStartException(
                $"The database was brought to schema {found} by a newer version, and needs a program that knows schema {readableFrom}; this one knows {Version}. Start the newer version.");
        }

        foreach (var script in Scripts.Skip(found))
            await ExecuteAsync(await ReadAsync(script, cancellationToken));
        for (var version = found + 1; version <= Version; version++)
            await ExecuteAsync($"INSERT INTO schema_version (version, script, readable_from) VALUES ({version}, '{Scripts[version - 1][Prefix.Length..]}', 1)");
        await transaction.CommitAsync(cancellationToken);
        return found;

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<(int Version, int ReadableFrom)> FoundAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0), coalesce(max(readable_from), 0) FROM schema_version", connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt32(0), reader.GetInt32(1));
    }

    private static async Task<string> ReadAsync(string script, CancellationToken cancellationToken)
    {
        await using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(script)!;
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
