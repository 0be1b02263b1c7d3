using Orleans.Storage;
using RechargeGrains.StorageCrash;

namespace RechargeGrains.Silo.Tests.Storage.Sqlite;

public sealed class SqliteGrainStorageTests : GrainStorageConformance
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedStore? _store;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override async Task<IGrainStorage> OpenAsync() =>
        (_store = await EmbeddedStore.OpenAsync(_folder.File("grains.db"))).Grains;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();
}
