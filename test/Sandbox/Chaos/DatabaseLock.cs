using Microsoft.Data.Sqlite;

namespace RechargeGrains.Sandbox;

/// <summary>
/// Another program that writes into the product's database: nobody else can write until it is disposed of. What the product had
/// begun to write waits, and fails if it waits too long.
/// </summary>
internal sealed class DatabaseLock : IAsyncDisposable
{
    private readonly SqliteConnection _connection;

    private DatabaseLock(SqliteConnection connection) => _connection = connection;

    public static async Task<DatabaseLock> TakeAsync(string file, CancellationToken ct)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ConnectionString);
        try
        {
            await connection.OpenAsync(ct);
            await RunAsync(connection, "BEGIN IMMEDIATE", ct);
            return new DatabaseLock(connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync(_connection, "ROLLBACK", CancellationToken.None);
        await _connection.DisposeAsync();
    }

    private static async Task RunAsync(SqliteConnection connection, string sql, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(ct);
    }
}
