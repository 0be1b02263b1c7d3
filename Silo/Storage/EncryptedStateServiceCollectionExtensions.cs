using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Serialization;
using Orleans.Storage;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Storage;

public static class EncryptedStateServiceCollectionExtensions
{
    /// <summary>
    /// Makes <see cref="EncryptedStateSerializer"/> the serializer of every grain storage of this silo that is not given
    /// one of its own. Needs <see cref="SecretProtectionServiceCollectionExtensions.AddSecretProtection"/>.
    /// </summary>
    public static IServiceCollection AddEncryptedState(this IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<IGrainStorageSerializer>(provider => new EncryptedStateSerializer(
            provider.GetRequiredKeyedService<ISecretProtector>(SecretProtector.StateServiceKey), provider.GetRequiredService<Serializer>())));
}
