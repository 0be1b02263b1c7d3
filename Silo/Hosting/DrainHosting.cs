using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace RechargeGrains.Silo.Hosting;

public static class DrainHosting
{
    /// <summary>Lets a stop begin with <see cref="Drain"/>.</summary>
    /// <exception cref="SettingsException">The setting is wrong.</exception>
    public static IHostApplicationBuilder AddDrain(this IHostApplicationBuilder builder, bool isAlone)
    {
        var span = Drain.SpanOf(builder.Configuration, isAlone);
        builder.Services.AddSingleton(provider => new Drain(span, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Drain>());
        return builder;
    }
}
