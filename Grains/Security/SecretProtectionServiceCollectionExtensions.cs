using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace RechargeGrains.Grains.Security;

public static class SecretProtectionServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ISecretProtector"/>: without a key for secrets, under
    /// <see cref="SecretProtector.StateServiceKey"/> for stored state.
    /// </summary>
    public static IServiceCollection AddSecretProtection(this IServiceCollection services, Func<IServiceProvider, MasterKeys> masterKeys)
    {
        services.TryAddSingleton(masterKeys);
        services.TryAddSingleton<ISecretProtector>(provider => SecretProtector.ForSecrets(provider.GetRequiredService<MasterKeys>()));
        services.TryAddKeyedSingleton<ISecretProtector>(
            SecretProtector.StateServiceKey,
            (provider, _) => SecretProtector.ForState(provider.GetRequiredService<MasterKeys>()));
        return services;
    }
}
