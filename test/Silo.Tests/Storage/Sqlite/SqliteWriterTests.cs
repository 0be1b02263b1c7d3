using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Orleans.Storage;
using RechargeGrains.Silo.Storage;
using RechargeGrains.Silo.Storage.Sqlite;
using RechargeGrains.StorageCrash;

namespace RechargeGrains.Silo.Tests.Storage.Sqlite;

public sealed class SqliteWriterTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("writer", "1");

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_conflict_does_not_disturb_the_operations_that_share_its_commit()
    {
        await using var store = await OpenAsync();
        await WriteAsync(store, "taken");
        using var held = new HeldWriter(store);
        var before = WriteAsync(store, "before");
        var conflict = WriteAsync(store, "taken");
        var after = WriteAsync(store, "after");
        held.Release();

        await before;
        await Assert.ThrowsAsync<InconsistentStateException>(() => conflict);
        await after;
        Assert.True((await ReadAsync(store, "before")).RecordExists);
        Assert.True((await ReadAsync(store, "after")).RecordExists);
    }

    [Fact]
    public async Task An_operation_that_fails_by_itself_does_not_disturb_the_others()
    {
        await using var store = await OpenAsync();
        using var held = new HeldWriter(store);
        var before = WriteAsync(store, "before");
        var broken = store.Store.WriteAsync(
            transaction => transaction.Session.Execute("INSERT INTO last_version VALUES (2, 0)"), size: 0, Cancellation);
        var after = WriteAsync(store, "after");
        held.Release();

        await Task.WhenAll(before, after);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => broken);
        Assert.True((await ReadAsync(store, "before")).RecordExists);
    }

    [Fact]
    public async Task A_write_that_is_cancelled_while_it_waits_is_not_made()
    {
        await using var store = await OpenAsync();
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var held = new HeldWriter(store);
        var write = WriteAsync(store, "cancelled", cancellationToken: cancelling.Token);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
        held.Release();

        await WriteAsync(store, "next");
        Assert.False((await ReadAsync(store, "cancelled")).RecordExists);
    }

    [Fact]
    public async Task Writers_wait_for_room_when_the_queue_is_full()
    {
        await using var store = await OpenAsync(new() { ConnectionString = ConnectionString, QueueCapacity = 4, MaxBatch = 2 });
        using var held = new HeldWriter(store);
        var writes = Enumerable.Range(0, 50).Select(i => WriteAsync(store, $"record-{i}")).ToList();
        Assert.DoesNotContain(writes, write => write.IsCompleted);

        // One that waits for room can give up as well.
        var cancelled = WriteAsync(store, "cancelled", cancellationToken: new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        held.Release();

        await Task.WhenAll(writes);
        Assert.True((await ReadAsync(store, "record-49")).RecordExists);
    }

    [Fact]
    public async Task Stopping_commits_what_is_queued_and_refuses_what_comes_after()
    {
        List<Task> writes;
        await using (var store = await OpenAsync())
        {
            using var held = new HeldWriter(store);
            writes = [.. Enumerable.Range(0, 100).Select(i => WriteAsync(store, $"record-{i}"))];
            var stopping = store.Store.StopAsync(Cancellation);
            held.Release();
            await stopping;

            await Assert.ThrowsAsync<StorageUnavailableException>(() => WriteAsync(store, "late"));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => ReadAsync(store, "late"));
        }

        await Task.WhenAll(writes);
        Assert.False(File.Exists(_folder.File("grains.db-wal")));
        await using var again = await OpenAsync();
        for (var i = 0; i < 100; i++)
            Assert.True((await ReadAsync(again, $"record-{i}")).RecordExists);
    }

    [Fact]
    public async Task A_full_disk_fails_the_writes_that_meet_it_and_no_later_ones()
    {
        await using var store = await OpenAsync();
        await WriteAsync(store, "earlier");
        // A limit on pages stands in for the disk; it ends with the writer's session, as a disk is full until it is not.
        await store.Store.WriteAsync(
            transaction => transaction.Session.QueryInteger("PRAGMA max_page_count = 20"), size: 0, Cancellation);
        var full = await Assert.ThrowsAsync<StorageUnavailableException>(() => WriteAsync(store, "too much", bytes: 500_000));
        Assert.Equal("The store could not be written: the disk is full.", full.Message);

        await WriteAsync(store, "later");
        Assert.False((await ReadAsync(store, "too much")).RecordExists);
        Assert.True((await ReadAsync(store, "earlier")).RecordExists);
        Assert.True((await ReadAsync(store, "later")).RecordExists);
    }

    [Fact]
    public async Task A_lock_held_by_another_program_fails_the_commit_and_the_next_one_goes_through()
    {
        await using var store = await OpenAsync(new() { ConnectionString = ConnectionString + ";Default Timeout=1" });
        await WriteAsync(store, "earlier");
        await using (var other = new SqliteConnection(ConnectionString + ";Pooling=False"))
        {
            await other.OpenAsync(Cancellation);
            await using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            await command.ExecuteNonQueryAsync(Cancellation);
            var (first, second) = (WriteAsync(store, "first"), WriteAsync(store, "second"));
            var locked = await Assert.ThrowsAsync<StorageUnavailableException>(() => first);
            Assert.Equal("The store could not be written: another program holds a lock on the database.", locked.Message);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => second);
            Assert.True((await ReadAsync(store, "earlier")).RecordExists);
        }

        await WriteAsync(store, "later");
        Assert.False((await ReadAsync(store, "first")).RecordExists);
        Assert.True((await ReadAsync(store, "later")).RecordExists);
    }

    [Fact]
    public async Task The_log_is_emptied_once_a_reader_no_longer_keeps_it()
    {
        const int Limit = 1024 * 1024;
        await using var store = await OpenAsync(new() { ConnectionString = ConnectionString, LogSizeLimit = Limit });
        using var reading = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        var reader = store.Store.ReadAsync(
            session =>
            {
                session.Execute("BEGIN");
                session.QueryInteger("SELECT count(*) FROM grain_state");
                reading.Set();
                release.Wait(Cancellation);
                session.Execute("COMMIT");
                return true;
            },
            Cancellation);
        reading.Wait(Cancellation);
        for (var i = 0; i < 4; i++)
            await WriteAsync(store, $"large-{i}", bytes: 500_000);
        Assert.True(LogLength() > Limit);

        release.Set();
        await reader;
        await WriteAsync(store, "small");

        // The write is acknowledged before the log is emptied; the writer is through with that when it takes the next one.
        await store.Store.WriteAsync(_ => true, size: 0, Cancellation);
        Assert.True(LogLength() < Limit);
    }

    private string ConnectionString => $"Data Source={_folder.File("grains.db")}";

    private long LogLength() => new FileInfo(_folder.File("grains.db-wal")).Length;

    private Task<EmbeddedStore> OpenAsync() => OpenAsync(new() { ConnectionString = ConnectionString });

    private static Task<EmbeddedStore> OpenAsync(SqliteStorageOptions options) => EmbeddedStore.OpenAsync(options);

    private static Task WriteAsync(EmbeddedStore store, string name, int bytes = 10, CancellationToken? cancellationToken = null) =>
        store.Grains.WriteStateAsync(
            name,
            Grain,
            new Record<ConformanceState> { State = new() { Text = Convert.ToHexString(RandomNumberGenerator.GetBytes(bytes)) } },
            cancellationToken ?? Cancellation);

    private static async Task<Record<ConformanceState>> ReadAsync(EmbeddedStore store, string name)
    {
        var record = new Record<ConformanceState>();
        await store.Grains.ReadStateAsync(name, Grain, record, Cancellation);
        return record;
    }

    /// <summary>Keeps the writer busy, so that what is written meanwhile has to queue.</summary>
    private sealed class HeldWriter : IDisposable
    {
        private readonly ManualResetEventSlim _release = new();

        public HeldWriter(EmbeddedStore store)
        {
            using var taken = new ManualResetEventSlim();
            _ = store.Store.WriteAsync(
                _ =>
                {
                    taken.Set();
                    _release.Wait(Cancellation);
                    return true;
                },
                size: 0,
                Cancellation);
            taken.Wait(Cancellation);
        }

        public void Release() => _release.Set();

        public void Dispose() => _release.Set();
    }
}
