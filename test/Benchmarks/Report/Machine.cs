using System.Reflection;
using System.Runtime.InteropServices;

namespace RechargeGrains.Benchmarks.Report;

/// <summary>What a figure was taken on, and when.</summary>
internal static class Machine
{
    private const string CpuInfo = "/proc/cpuinfo";
    private const string Model = "model name";

    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTimeOffset.UtcNow:yyyy-MM-dd}: {Environment.ProcessorCount} processors ({Processor()}), {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30)} GB, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, Orleans {Orleans()}. The load comes from the same machine.");

    private static string Processor() => File.Exists(CpuInfo)
        ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith(Model, StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown"
        : RuntimeInformation.ProcessArchitecture.ToString();

    private static string Orleans() => typeof(IGrainFactory).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+', ' ')[0].TrimEnd('.') ?? "unknown";
}
