using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Orleans.TestingHost;
using RechargeGrains.Api;
using RechargeGrains.Tenants;
using Serilog;

namespace RechargeGrains.Month;

/// <summary>
/// The whole product in this process, on its embedded store in a folder, by the clock of a sandbox. What an operator runs in all but
/// three things: its grains live by that clock, its calls and its store are watched, and its log goes to a file.
/// </summary>
internal sealed class InnerProduct : IAsyncDisposable
{
    public const string OperatorToken = "month-operator-token";

    private readonly WebApplication _app;

    private InnerProduct(WebApplication app) => _app = app;

    /// <summary>Starts the product on what it left in the folder.</summary>
    public static async Task<InnerProduct> StartAsync(SandboxHost sandbox, string folder, string url, InFlight inFlight, CancellationToken ct)
    {
        string[] settings =
        [
            $"--environment={Environments.Development}",
            $"--urls={url}",
            $"--Operator:BootstrapToken={OperatorToken}",
            $"--Storage:ConnectionString=Data Source={Path.Combine(folder, "recharge-grains.db")}",
            $"--Recharge:BaseUrl={sandbox.RechargeUrl}",
            $"--Ometria:BaseUrl={sandbox.OmetriaUrl}",
            string.Create(CultureInfo.InvariantCulture, $"--Cluster:SiloPort={FreePort.Next()}"),
            string.Create(CultureInfo.InvariantCulture, $"--Cluster:GatewayPort={FreePort.Next()}"),
        ];
        var app = ApiHost.Build(settings, builder => Adjust(builder.Services, sandbox.Clock, inFlight, Path.Combine(folder, "product.log")));
        try
        {
            await app.StartAsync(ct);
            return new InnerProduct(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does what a tick of the tenant's reminders does: Orleans keeps those by the real clock.</summary>
    public Task WakeAsync(string tenantId) => _app.Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantGrain>(tenantId).WakeAsync();

    /// <summary>Stops it in good order.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Adjust(IServiceCollection services, SandboxClock clock, InFlight inFlight, string logFile)
    {
        services.AddSingleton<TimeProvider>(new CalmClock(clock));
        // Leases, probes and collection are about this process, and a month of them would pass in minutes.
        services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        // The timers of Orleans, of which the product's grains use none. They take the other clock from the services, as everything else does.
        services.AddKeyedSingleton(TimeProviderNames.Grains, TimeProvider.System);
        services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new CallWatch(inFlight));
        services.AddSingleton<IHostLifetime, QuietLifetime>();
        services.AddSerilog(logging => logging.MinimumLevel.Warning().WriteTo.File(logFile, formatProvider: CultureInfo.InvariantCulture));
        WatchedStorage.AddTo(services, inFlight);
    }
}
