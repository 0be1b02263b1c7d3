using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace RechargeGrains.Silo.Telemetry;

/// <summary>
/// Reads Orleans' metrics for the dashboard's page about a silo twice a minute. The dashboard's own reader does it once a second, and two of the metrics go
/// through every activation each time: with a hundred thousand customers in memory, 4 % of all that two processors did at full load.
/// </summary>
/// <remarks>
/// The dashboard has no setting for it, so its parts are found by name (read in the package, 10.4.2). A package that has none of that name is
/// noticed at the first start.
/// </remarks>
internal sealed class DashboardReader(IServiceProvider services) : IHostedService, IDisposable
{
    private const string Host = "Orleans.Dashboard.DashboardHost";
    private const string Exporter = "Orleans.Dashboard.Implementation.DashboardTelemetryExporter";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    private MeterProvider? _meters;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var host = services.GetServices<IHostedService>().First(service => service.GetType().FullName == Host);
        // It holds nothing but its reader, which reads once more and ends.
        await ((IAsyncDisposable)host).DisposeAsync().ConfigureAwait(false);
        var exporter = (BaseExporter<Metric>)ActivatorUtilities.CreateInstance(services, host.GetType().Assembly.GetType(Exporter, throwOnError: true)!);
        _meters = Sdk.CreateMeterProviderBuilder()
            .AddMeter(services.GetRequiredService<OrleansInstruments>().Meter.Name)
            .AddReader(new PeriodicExportingMetricReader(exporter, (int)Every.TotalMilliseconds, (int)Within.TotalMilliseconds))
            .Build();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _meters?.Dispose();
        _meters = null;
    }
}
