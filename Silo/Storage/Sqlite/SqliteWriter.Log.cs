using Microsoft.Extensions.Logging;

namespace RechargeGrains.Silo.Storage.Sqlite;

internal sealed partial class SqliteWriter
{
    [LoggerMessage(2101, LogLevel.Error, "A commit of {Operations} operations failed; all of them were refused")]
    private partial void LogCommitFailed(Exception error, int operations);

    [LoggerMessage(2102, LogLevel.Warning, "The write-ahead log could not be emptied; the next commit tries again")]
    private partial void LogCheckpointFailed(Exception error);

    [LoggerMessage(2103, LogLevel.Warning, "A connection to the database did not close cleanly")]
    private partial void LogCloseFailed(Exception error);
}
