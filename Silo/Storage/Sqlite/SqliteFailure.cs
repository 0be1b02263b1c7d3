using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>Says in words what a failure of SQLite means to an operator.</summary>
internal static class SqliteFailure
{
    public static Exception Describe(string what, Exception error) => error is SqliteException sqlite
        ? new StorageUnavailableException($"The store {what}: {Reason(sqlite)}.", sqlite)
        : error;

    public static string Reason(SqliteException error) => error.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "the disk is full",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds a lock on the database",
        raw.SQLITE_IOERR => "reading or writing the disk failed",
        raw.SQLITE_READONLY => "the database is read-only",
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "the file is damaged or no database",
        raw.SQLITE_CANTOPEN => "the file cannot be opened",
        raw.SQLITE_TOOBIG => "the record is too large",
        _ => $"SQLite error {error.SqliteExtendedErrorCode}",
    };
}
