using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using RechargeGrains.Benchmarks.Report;

namespace RechargeGrains.Benchmarks.Hot;

/// <summary>Runs <see cref="HotFunctions"/> by BenchmarkDotNet, in this process: the usual way builds a project of its own for it.</summary>
internal static class HotMeasure
{
    public static MeasureTable Run()
    {
        var config = ManualConfig.CreateMinimumViable().AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance)).WithOptions(ConfigOptions.DisableLogFile)
            .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "recharge-grains-benchmarks"));
        var summary = BenchmarkRunner.Run<HotFunctions>(config);
        var table = new MeasureTable("what", "mean", "standard deviation", "bytes allocated");
        foreach (var report in summary.Reports)
        {
            if (report.ResultStatistics is not { } statistics)
                throw new InvalidOperationException($"'{report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo}' could not be measured.");
            table.Add(
                report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''), Words.Microseconds(statistics.Mean / 1_000), Words.Microseconds(statistics.StandardDeviation / 1_000),
                Words.Bytes(report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0));
        }

        return table;
    }
}
