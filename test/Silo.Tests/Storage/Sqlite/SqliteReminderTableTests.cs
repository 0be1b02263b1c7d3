using RechargeGrains.StorageCrash;

namespace RechargeGrains.Silo.Tests.Storage.Sqlite;

public sealed class SqliteReminderTableTests : ReminderTableConformance
{
    private readonly TemporaryFolder _folder = new();
    private EmbeddedStore? _store;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    protected override async Task<IReminderTable> OpenAsync() =>
        (_store = await EmbeddedStore.OpenAsync(_folder.File("grains.db"))).Reminders;

    protected override async Task CloseAsync() => await _store!.DisposeAsync();
}
