using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RechargeGrains.Silo.Hosting;

public static class DrainHosting
{
    /// <summary>Time for requests and pushes under way to end; a push alone may take half of it. What does not end in time is sent again after the next start.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Lets a stop begin with <see cref="Drain"/>.</summary>
    /// <exception cref="SettingsException">The setting is wrong.</exception>
    public static IHostApplicationBuilder AddDrain(this IHostApplicationBuilder builder, bool isAlone)
    {
        var span = Drain.SpanOf(builder.Configuration, isAlone);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(provider => new Drain(span, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        return builder;
    }
}
