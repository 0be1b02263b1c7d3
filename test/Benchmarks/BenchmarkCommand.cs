using System.Runtime.InteropServices;
using RechargeGrains.Benchmarks.Measures;
using RechargeGrains.Benchmarks.Report;
using Spectre.Console;

namespace RechargeGrains.Benchmarks;

/// <summary>Measures what is asked for, shows it, and puts it into the page.</summary>
internal static class BenchmarkCommand
{
    private const int BadUsage = 2;
    private const int Interrupted = 130;

    public static async Task<int> RunAsync(string[] args)
    {
        var (options, problem) = BenchmarkOptions.Read(args);
        if (options is null)
        {
            await Console.Error.WriteLineAsync($"{problem}\n\n{BenchmarkOptions.Usage}");
            return BadUsage;
        }

        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });
        try
        {
            return options.Measures.Contains(BenchmarkOptions.Guard) ? await GuardMeasure.RunAsync(stopping.Token) : await MeasureAsync(options, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Interrupted;
        }
    }

    private static async Task<int> MeasureAsync(BenchmarkOptions options, CancellationToken ct)
    {
        var machine = Machine.Describe();
        AnsiConsole.WriteLine(machine);
        var page = options.Writes ? new BenchmarkPage(RepositoryFile.Find("docs/benchmarks.md")) : null;
        foreach (var name in options.Measures)
        {
            foreach (var store in Catalog.StoresOf(name, options.Stores))
            {
                var title = name == Catalog.Hot ? Catalog.Titles[name] : $"{Catalog.Titles[name]}, {store}";
                AnsiConsole.WriteLine($"{title} …");
                var table = await Catalog.RunAsync(name, store, options.Time, ct);
                table.Show(title);
                page?.Put(name == Catalog.Hot ? name : $"{name}-{store}", $"{machine}\n\n{table.ToMarkdown()}");
            }
        }

        return 0;
    }
}
