using Orleans.Storage;
namespace RechargeGrains.Silo.Tests.Storage.Postgres;

public sealed class PostgresGrainStorageTests(PostgresFixture postgres) : GrainStorageConformance
{
    private string? _database;
    private PostgresStore? _store;

    protected override async Task<IGrainStorage> OpenAsync() =>
        (_store = await PostgresStore.OpenAsync(_database ??= await postgres.NewDatabaseAsync())).Grains;

    protected override async Task CloseAsync()
    {
        if (_store is not null)
            await _store.DisposeAsync();
    }
}
