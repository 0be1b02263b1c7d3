using Microsoft.Extensions.Hosting;
using RechargeGrains.Silo.Hosting;
using RechargeGrains.Silo.Telemetry;

return await ProgramRunner.RunAsync(async () =>
{
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
    if (string.IsNullOrWhiteSpace(builder.Configuration["PublicUrl"]))
        throw new SettingsException("PublicUrl is missing; expected for a silo alone is the address of the Api, where Recharge sends its webhooks.");
    builder.AddJsonLogging();
    builder.AddTelemetry();
    builder.AddRechargeSilo();
    await builder.Build().RunAsync();
});
