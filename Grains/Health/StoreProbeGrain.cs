using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Health;

namespace RechargeGrains.Grains.Health;

/// <inheritdoc cref="IStoreProbeGrain"/>
[GrainType("rg-store-probe"), StatelessWorker(1)]
internal sealed class StoreProbeGrain(
    [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage) : Grain, IStoreProbeGrain
{
    /// <summary>A record that is never written: to look for it takes the way of any reading.</summary>
    public Task CheckAsync() => StoredRecord<object>.ReadAsync(storage, this.GetGrainId(), "probe");
}
