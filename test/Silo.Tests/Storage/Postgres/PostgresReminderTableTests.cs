namespace RechargeGrains.Silo.Tests.Storage.Postgres;

public sealed class PostgresReminderTableTests(PostgresFixture postgres) : ReminderTableConformance
{
    private string? _database;
    private PostgresStore? _store;

    protected override async Task<IReminderTable> OpenAsync() =>
        (_store = await PostgresStore.OpenAsync(_database ??= await postgres.NewDatabaseAsync())).Reminders;

    protected override async Task CloseAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
    }
}
