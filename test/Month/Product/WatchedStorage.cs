using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;

namespace RechargeGrains.Month;

/// <summary>The product's storage, with its operations counted while they are under way: the writer has a thread of its own.</summary>
internal sealed class WatchedStorage(IGrainStorage inner, InFlight inFlight) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inFlight.DuringAsync(() => inner.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inFlight.DuringAsync(() => inner.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        inFlight.DuringAsync(() => inner.ClearStateAsync(stateName, grainId, grainState));

    /// <summary>Puts itself around the default storage.</summary>
    public static void AddTo(IServiceCollection services, InFlight inFlight)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        services.Remove(inner);
        services.AddKeyedSingleton<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, key) => new WatchedStorage(
            (IGrainStorage)(inner.KeyedImplementationInstance
                ?? inner.KeyedImplementationFactory?.Invoke(provider, key)
                ?? ActivatorUtilities.CreateInstance(provider, inner.KeyedImplementationType!)),
            inFlight));
    }
}
