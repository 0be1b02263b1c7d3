using Microsoft.Extensions.Hosting;
using Serilog;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace RechargeGrains.Silo.Hosting;

public static class LoggingSetup
{
    /// <summary>
    /// One JSON object for each line on standard output. Levels can be set under <c>Serilog:MinimumLevel</c>. Outbound and inbound
    /// request lines are kept out: their addresses carry hook keys and e-mail addresses. The same line is not repeated without end.
    /// </summary>
    public static IHostApplicationBuilder AddJsonLogging(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSerilog(logging => logging
            .MinimumLevel.Information()
            .MinimumLevel.Override("Microsoft.AspNetCore", LogEventLevel.Warning)
            .MinimumLevel.Override("System.Net.Http.HttpClient", LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Error)
            .MinimumLevel.Override("Microsoft.Extensions.Http.Resilience", LogEventLevel.Error)
            .MinimumLevel.Override("Orleans", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Orleans", LogEventLevel.Warning)
            // What fails there fails in our layer above it as well, and is told by those who asked.
            .MinimumLevel.Override("Orleans.Storage.AdoNetGrainStorage", LogEventLevel.Fatal)
            // At each start it takes the age of the machine for the time that it has been stuck.
            .MinimumLevel.Override("Orleans.Runtime.Watchdog", LogEventLevel.Error)
            // It warns that keys are kept unencrypted, and does not know that our state is sealed.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            .Filter.ByExcluding(IsAdviceOnTheCollector)
            .Filter.With(new RepeatedLines(TimeProvider.System))
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .Enrich.With<HookKeyMask>()
            .WriteTo.Console(new RenderedCompactJsonFormatter()));
        return builder;
    }

    // Orleans warns at each start that the server collector is off, which it always is with one processor.
    private static bool IsAdviceOnTheCollector(LogEvent entry) => entry.MessageTemplate.Text.Contains("ServerGC", StringComparison.Ordinal);
}
