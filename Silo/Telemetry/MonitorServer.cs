using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using RechargeGrains.Silo.Health;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Silo.Telemetry;

/// <summary>
/// A listener of its own for those who watch: health and metrics, and nothing else whatever the program serves besides. It is there before
/// everything else starts and until everything else has stopped, so that a long start can be told from a hang.
/// </summary>
internal sealed class MonitorServer(string url, IServiceProvider services, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private WebApplication? _app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _app = Build();
        try
        {
            await _app.StartAsync(cancellationToken);
        }
        catch (IOException failure)
        {
            throw new SettingsException($"{MonitorUrl.Key}: {failure.Message} Expected is an address that is free.");
        }
        catch (InvalidOperationException failure)
        {
            throw new SettingsException($"{MonitorUrl.Key}: {failure.Message.ReplaceLineEndings(" ")} Expected is an address of this machine.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => _app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => _app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WebApplication Build()
    {
        // Empty: neither the settings nor the addresses of the program are its business.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(url).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(loggers);
        // The program's lifetime ends it, not a signal of its own.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var app = builder.Build();
        app.UseRouting();
        app.MapHealth(services.GetRequiredService<Readiness>());
        app.MapPrometheusScrapingEndpoint(TelemetrySetup.MetricsPath, services.GetRequiredService<MeterProvider>(), null, null);
        return app;
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
