using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;

namespace RechargeGrains.Grains.Tests.Cluster;

internal static class StorageDecorator
{
    /// <summary>Puts something around the default storage, whoever registered it.</summary>
    public static void DecorateDefaultStorage(this IServiceCollection services, Func<IGrainStorage, IGrainStorage> wrap)
    {
        var inner = services.Last(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME));
        services.Remove(inner);
        services.AddKeyedSingleton(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, (provider, key) => wrap((IGrainStorage)(
            inner.KeyedImplementationInstance
            ?? inner.KeyedImplementationFactory?.Invoke(provider, key)
            ?? ActivatorUtilities.CreateInstance(provider, inner.KeyedImplementationType!))));
    }
}
