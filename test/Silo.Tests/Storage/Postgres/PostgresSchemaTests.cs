using Npgsql;
using RechargeGrains.Silo.Storage;
using RechargeGrains.Silo.Storage.Postgres;

namespace RechargeGrains.Silo.Tests.Storage.Postgres;

public sealed class PostgresSchemaTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_that_start_at_once_one_makes_the_tables()
    {
        await using var source = await NewSourceAsync();

        var found = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => PostgresSchema.ApplyAsync(source, Cancellation)));

        Assert.Single(found, 0);
        Assert.Equal(9, found.Count(version => version == PostgresSchema.Version));
    }

    // While a cluster is replaced one by one, a node of the version before may have to start again.
    [Fact]
    public async Task A_newer_schema_that_this_version_can_read_is_left_as_it_is()
    {
        await using var source = await NewSourceAsync();
        await PostgresSchema.ApplyAsync(source, Cancellation);
        await RunAsync(source, "INSERT INTO schema_version (version, script, readable_from) VALUES (99, 'of tomorrow', 1)");

        Assert.Equal(99, await PostgresSchema.ApplyAsync(source, Cancellation));
    }

    [Fact]
    public async Task A_newer_schema_that_this_version_cannot_read_stops_the_start()
    {
        await using var source = await NewSourceAsync();
        await PostgresSchema.ApplyAsync(source, Cancellation);
        await RunAsync(source, "INSERT INTO schema_version (version, script, readable_from) VALUES (99, 'of tomorrow', 99)");

        var failure = await Assert.ThrowsAsync<StorageStartException>(() => PostgresSchema.ApplyAsync(source, Cancellation));
        Assert.Contains("99", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=grains.db")]
    [InlineData("Host=localhost")]
    [InlineData("Host=localhost;Database=x;Port=many")]
    [InlineData("Host=localhost;Database=x;Password=a-secret;Colour=blue")]
    public void What_is_no_connection_string_is_refused_and_not_repeated(string text)
    {
        var failure = Assert.Throws<StorageStartException>(() => PostgresConnection.Create(text));

        Assert.StartsWith("Storage:ConnectionString ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_connection_string_says_counts_before_the_defaults()
    {
        using var source = PostgresConnection.Create("Host=db;Database=x;Maximum Pool Size=7");

        Assert.Contains("Maximum Pool Size=7", source.ConnectionString, StringComparison.Ordinal);
        Assert.Contains("Max Auto Prepare=32", source.ConnectionString, StringComparison.Ordinal);
    }

    private static async Task RunAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private async Task<NpgsqlDataSource> NewSourceAsync() => PostgresConnection.Create(await postgres.NewDatabaseAsync());
}
