using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace RechargeGrains.Silo.Storage.Azure;

/// <summary>The only file that knows the packages; left out of a build without them.</summary>
public static partial class AzureStore
{
    static partial void FindPackages(ref bool isBuiltIn) => isBuiltIn = true;

    // Outbox segments come and go by the million: what is cleared has to be gone.
    static partial void SetOptions(IServiceCollection services, string provider) =>
        services.Configure<AzureTableStorageOptions>(provider, options => options.DeleteStateOnClear = true);
}
