namespace RechargeGrains.Silo.Tests.Storage.Azure;

public sealed class AzureReminderTableTests : ReminderTableConformance
{
    private AzureSilo? _silo;

    protected override async Task<IReminderTable> OpenAsync() => (_silo = await AzureSilo.StartAsync()).Reminders;

    protected override async Task CloseAsync()
    {
        if (_silo is not null)
            await _silo.DisposeAsync();
    }
}
