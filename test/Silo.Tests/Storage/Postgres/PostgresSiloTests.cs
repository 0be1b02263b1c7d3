using Npgsql;

namespace RechargeGrains.Silo.Tests.Storage.Postgres;

public sealed class PostgresSiloTests(PostgresFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Grains_keep_state_records_and_reminders_over_a_restart()
    {
        var database = await postgres.NewDatabaseAsync();
        await using (var silos = await PostgresStore.OpenAsync(database, silos: 2))
        {
            var ledger = silos.Client.GetGrain<ILedgerGrain>("acme");
            await ledger.AddAsync("first");
            await ledger.AddAsync("second");
            await ledger.RemindAsync();
        }

        await using var again = await PostgresStore.OpenAsync(database);
        var restarted = again.Client.GetGrain<ILedgerGrain>("acme");
        Assert.Equal(["first", "second"], await restarted.ReadAsync());
        Assert.True(await restarted.HasReminderAsync());
    }

    [Fact]
    public async Task Nothing_of_the_state_can_be_read_in_the_database()
    {
        var database = await postgres.NewDatabaseAsync();
        await using var silos = await PostgresStore.OpenAsync(database);
        await silos.Client.GetGrain<ILedgerGrain>("acme").AddAsync("jo@example.test");

        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("SELECT string_agg(grain || ' ' || encode(state, 'escape'), ' ') FROM grain_state");
        var stored = (string?)await command.ExecuteScalarAsync(Cancellation);
        Assert.Contains("ledger/acme", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("example", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("line", stored, StringComparison.OrdinalIgnoreCase);
    }
}
