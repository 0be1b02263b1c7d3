using RechargeGrains.Sandbox;

return await CommandLine.RunAsync(args);
