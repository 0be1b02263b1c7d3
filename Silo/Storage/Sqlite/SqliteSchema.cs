using System.Globalization;

namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>
/// The tables, by version. A database is brought to <see cref="Version"/> at start, step by step and in one transaction;
/// one of a newer version is left alone.
/// </summary>
internal static class SqliteSchema
{
    // A step that has been released is never edited; a change is a new step at the end.
    // last_version: one counter for all records. A record that is cleared and written again gets a version that it
    // never had before, so a stale holder of the old one is refused, and no trace of cleared records has to be kept.
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE grain_state (
            id         INTEGER PRIMARY KEY,
            service    TEXT    NOT NULL,
            grain      TEXT    NOT NULL,
            name       TEXT    NOT NULL,
            version    INTEGER NOT NULL,
            written_at TEXT    NOT NULL,
            state      BLOB    NOT NULL,
            UNIQUE (service, grain, name)
        );
        CREATE TABLE reminder (
            id         INTEGER PRIMARY KEY,
            service    TEXT    NOT NULL,
            grain      TEXT    NOT NULL,
            name       TEXT    NOT NULL,
            ring_hash  INTEGER NOT NULL,
            start_at   INTEGER NOT NULL,
            period     INTEGER NOT NULL,
            version    INTEGER NOT NULL,
            UNIQUE (service, grain, name)
        );
        CREATE INDEX reminder_by_ring_hash ON reminder (service, ring_hash);
        CREATE TABLE last_version (only INTEGER PRIMARY KEY CHECK (only = 1), version INTEGER NOT NULL);
        INSERT INTO last_version VALUES (1, 0);
        """,
    ];

    /// <summary>The version that this build reads and writes.</summary>
    public static int Version => Steps.Length;

    /// <exception cref="StorageStartException">The file belongs to a newer version, or to something else.</exception>
    public static void Apply(SqliteSession session, string path)
    {
        var found = (int)session.QueryInteger("PRAGMA user_version")!.Value;
        if (found > Version)
        {
            throw new StorageStartException(
                $"The database {path} was written by a newer version (its schema is {found}, this version knows {Version}). "
                + "Start the newer version, or set Storage:ConnectionString to another file.");
        }

        if (found == 0 && session.QueryInteger("SELECT count(*) FROM sqlite_schema") != 0)
        {
            throw new StorageStartException(
                $"The file {path} is a database of another program. Set Storage:ConnectionString to another file.");
        }

        // A property of the file: it stays once it is set.
        if (session.QueryText("PRAGMA journal_mode = WAL") != "wal")
            throw new StorageStartException($"The database {path} cannot keep a write-ahead log; put it on a local disk.");

        if (found == Version)
            return;

        session.Execute("BEGIN IMMEDIATE");
        foreach (var step in Steps.Skip(found))
            session.Execute(step);
        session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {Version}"));
        session.Execute("COMMIT");
    }
}
