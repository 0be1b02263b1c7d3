using RechargeGrains.Api;
using RechargeGrains.Silo.Hosting;

return await ProgramRunner.RunAsync(async () =>
{
    await using var app = ApiHost.Build(args);
    await app.RunAsync();
});
