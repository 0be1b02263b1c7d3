namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>What an operation sees of the writer's transaction.</summary>
internal sealed class SqliteWriteTransaction(SqliteSession session, long lastVersion)
{
    private readonly long _versionAtStart = lastVersion;

    /// <summary>Statements of the transaction. An operation makes at most one change: that one takes effect as a whole
    /// or not at all, so an operation that fails needs no savepoint to be undone.</summary>
    public SqliteSession Session { get; } = session;

    /// <summary>The highest version given to any record.</summary>
    public long LastVersion { get; private set; } = lastVersion;

    /// <summary>A version that no record had before.</summary>
    public long NextVersion() => ++LastVersion;

    public void Begin() => Session.Execute("BEGIN IMMEDIATE");

    public void Commit()
    {
        if (LastVersion != _versionAtStart)
            Session.Execute("UPDATE last_version SET version = $version", ("$version", LastVersion));

        Session.Execute("COMMIT");
    }
}
