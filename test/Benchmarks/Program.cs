using RechargeGrains.Benchmarks;
using RechargeGrains.Benchmarks.Yardsticks;

return args is [YardstickProgram.Command, .. var rest] ? await YardstickProgram.RunAsync(rest) : await BenchmarkCommand.RunAsync(args);
