namespace RechargeGrains.Silo.Storage.Sqlite;

/// <summary>Settings of the embedded store.</summary>
public sealed class SqliteStorageOptions
{
    /// <summary>Default of <see cref="MaxBatch"/>.</summary>
    public const int DefaultMaxBatch = 512;

    /// <summary>Default of <see cref="QueueCapacity"/>.</summary>
    public const int DefaultQueueCapacity = 10_000;

    /// <summary>
    /// Names the database file, for instance <c>Data Source=data/recharge-grains.db</c>. A relative path starts at the
    /// content root. The folder is made if it is missing. <c>Default Timeout</c> is how many seconds to wait for a lock
    /// that another program holds; 5 if it is not given.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// The most operations that share a commit. Default 512. A lower value bounds how much one failed commit takes with
    /// it, at the cost of throughput under load; it makes no difference when the store is quiet.
    /// </summary>
    public int MaxBatch { get; set; } = DefaultMaxBatch;

    /// <summary>
    /// The most operations that wait for a commit. Default 10,000. When it is reached, writers wait until there is room
    /// again, without holding a thread.
    /// </summary>
    public int QueueCapacity { get; set; } = DefaultQueueCapacity;

    /// <summary>
    /// Bytes of write-ahead log past which the writer insists on emptying it. Readers that overlap without a gap keep it
    /// from being emptied in passing. Not a setting: only tests lower it.
    /// </summary>
    internal long LogSizeLimit { get; init; } = 64 * 1024 * 1024;
}
