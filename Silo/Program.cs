using Microsoft.Extensions.Hosting;
using RechargeGrains.Silo.Hosting;
using RechargeGrains.Silo.Telemetry;

return await ProgramRunner.RunAsync(async () =>
{
    var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
    builder.AddJsonLogging();
    builder.AddTelemetry();
    builder.AddRechargeSilo();
    builder.FindFrontDoor();
    await builder.Build().RunAsync();
});
