using Orleans.Storage;
namespace RechargeGrains.Silo.Tests.Storage.Azure;

public sealed class AzureGrainStorageTests : GrainStorageConformance
{
    private AzureSilo? _silo;

    protected override async Task<IGrainStorage> OpenAsync() => (_silo = await AzureSilo.StartAsync()).Grains;

    protected override async Task CloseAsync()
    {
        if (_silo is not null)
            await _silo.DisposeAsync();
    }
}
