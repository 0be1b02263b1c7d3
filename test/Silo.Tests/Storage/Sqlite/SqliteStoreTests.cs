using Microsoft.Data.Sqlite;
using RechargeGrains.Silo.Storage;
using RechargeGrains.Silo.Storage.Sqlite;
using RechargeGrains.StorageCrash;

namespace RechargeGrains.Silo.Tests.Storage.Sqlite;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string DatabasePath => _folder.File("grains.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_second_opener_is_refused_in_one_line()
    {
        await using var first = await EmbeddedStore.OpenAsync(DatabasePath);
        var refusal = await Assert.ThrowsAsync<StorageStartException>(() => EmbeddedStore.OpenAsync(DatabasePath));

        Assert.StartsWith($"The database {DatabasePath} is in use by another process", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public async Task A_database_can_be_opened_again_after_it_was_closed()
    {
        await using (await EmbeddedStore.OpenAsync(DatabasePath))
        {
        }

        await using var again = await EmbeddedStore.OpenAsync(DatabasePath);
        await again.Store.StopAsync(Cancellation);
        await again.Store.StartAsync(Cancellation);
        Assert.Equal(1, await again.Store.ReadAsync(session => session.QueryInteger("SELECT 1"), Cancellation));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_in_one_line_and_left_alone()
    {
        await using (await EmbeddedStore.OpenAsync(DatabasePath))
        {
        }

        await ExecuteAsync("PRAGMA user_version = 1000");
        var before = await File.ReadAllBytesAsync(DatabasePath, Cancellation);
        var refusal = await Assert.ThrowsAsync<StorageStartException>(() => EmbeddedStore.OpenAsync(DatabasePath));

        Assert.Contains("newer version (its schema is 1000", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(DatabasePath, Cancellation));
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused()
    {
        await ExecuteAsync("CREATE TABLE moz_places (id INTEGER)");
        var refusal = await Assert.ThrowsAsync<StorageStartException>(() => EmbeddedStore.OpenAsync(DatabasePath));

        Assert.Contains("another program", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_in_one_line()
    {
        await File.WriteAllTextAsync(DatabasePath, new string('x', 5_000), Cancellation);
        var refusal = await Assert.ThrowsAsync<StorageStartException>(() => EmbeddedStore.OpenAsync(DatabasePath));

        Assert.Equal($"The database {DatabasePath} cannot be opened: the file is damaged or no database.", refusal.Message);
    }

    [Fact]
    public async Task A_folder_that_is_missing_is_made()
    {
        var path = Path.Combine(_folder.FullName, "data", "deeper", "grains.db");
        await using (await EmbeddedStore.OpenAsync(path))
            Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named_in_one_line()
    {
        await File.WriteAllTextAsync(_folder.File("data"), "", Cancellation);
        var refusal = await Assert.ThrowsAsync<StorageStartException>(
            () => EmbeddedStore.OpenAsync(Path.Combine(_folder.File("data"), "grains.db")));

        Assert.Equal($"The folder {_folder.File("data")} of the database cannot be made.", refusal.Message);
    }

    [Fact]
    public async Task Every_commit_is_fully_synchronous_and_logged_ahead()
    {
        await using var store = await EmbeddedStore.OpenAsync(DatabasePath);
        var synchronous = await store.Store.WriteAsync(
            transaction => transaction.Session.QueryInteger("PRAGMA synchronous"), size: 0, Cancellation);

        Assert.Equal(2, synchronous);
        Assert.Equal("wal", await store.Store.ReadAsync(session => session.QueryText("PRAGMA journal_mode"), Cancellation));
    }

    [Fact]
    public async Task Nothing_personal_can_be_read_in_the_files()
    {
        var grain = GrainId.Create("customer", "700100200");
        await using var store = await EmbeddedStore.OpenAsync(DatabasePath);
        await store.Grains.WriteStateAsync(
            "state", grain, new Record<ConformanceState> { State = new() { Text = "jo@example.test" } }, Cancellation);

        foreach (var suffix in (string[])["", "-wal"])
        {
            var bytes = await ReadSharedAsync(DatabasePath + suffix);
            Assert.DoesNotContain("example.test", bytes, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Contains("customer/700100200", await ReadSharedAsync(DatabasePath + "-wal"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=file:grains.db?mode=memory")]
    [InlineData("Data Source=grains.db;Mode=Memory")]
    [InlineData("Data Source=grains.db;Mode=ReadOnly")]
    [InlineData("Host=localhost;Database=grains")]
    public void A_connection_string_without_a_file_is_refused_by_its_setting(string? connectionString)
    {
        var result = new SqliteStorageOptionsValidator().Validate(null, new() { ConnectionString = connectionString! });

        Assert.True(result.Failed);
        Assert.StartsWith("Storage:ConnectionString", Assert.Single(result.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void All_wrong_settings_are_told_at_once()
    {
        var result = new SqliteStorageOptionsValidator().Validate(null, new() { MaxBatch = 0, QueueCapacity = 0 });

        Assert.Equal(3, result.Failures!.Count());
    }

    [Fact]
    public void A_relative_path_starts_at_the_folder_given() =>
        Assert.Equal(_folder.File("data.db"), new SqliteFile("Data Source=data.db", _folder.FullName).Path);

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={DatabasePath};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<string> ReadSharedAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancellation);
    }
}
