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
    // Nobody balances load over silos: they leave the cluster by themselves.
    builder.AddDrain(isAlone: true);
    await builder.Build().RunAsync();
});
