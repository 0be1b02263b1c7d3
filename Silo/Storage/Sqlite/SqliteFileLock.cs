namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>
/// Keeps a second process away from a database file. Versions are counted in memory by the one writer, so two writers
/// would hand out the same version twice. The operating system drops the lock when the process ends, however it ends.
/// </summary>
internal sealed class SqliteFileLock : IDisposable
{
    private readonly FileStream _file;

    private SqliteFileLock(FileStream file) => _file = file;

    /// <exception cref="StorageStartException">Another process holds it, or the file cannot be made.</exception>
    public static SqliteFileLock Take(string databasePath)
    {
        // Left in place when released: deleting it would let a third process lock a new file of that name while a
        // second one still holds the deleted one.
        var path = databasePath + ".lock";
        try
        {
            return new SqliteFileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new StorageStartException(
                $"The database {databasePath} is in use by another process (it holds {path}). Stop that one, or set "
                + "Storage:ConnectionString to another file; several silos need a shared store.",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageStartException($"The database {databasePath} cannot be opened: {path} cannot be written.", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
