using System.Data.Common;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace RechargeGrains.Month;

/// <summary>A month with a bar that moves, and its books. The exit code says whether they balance.</summary>
internal static class MonthCommand
{
    private const int UsageError = 2;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    public static async Task<int> RunAsync(string[] args)
    {
        var (options, problem) = MonthOptions.Read(args);
        if (options is null)
            return ShowUsage(problem);

        var folder = Directory.CreateTempSubdirectory("recharge-grains-month-").FullName;
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var keep = options.Keep;
        try
        {
            var clock = Stopwatch.StartNew();
            var progress = new MonthProgress();
            var playing = Task.Run(() => MonthRun.PlayAsync(options, folder, progress, stopping.Token));
            await ShowProgressAsync(progress, options, playing);
            var books = await playing;
            BooksTable.Show(books, clock.Elapsed);
            return books.Balance ? 0 : 1;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or HttpRequestException or DbException or StoreRuleException)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]The month failed: {failure.Message}[/]");
            keep = true;
            return 1;
        }
        finally
        {
            if (keep)
                AnsiConsole.MarkupLineInterpolated($"Database and log of the product are in {folder}");
            else
                Directory.Delete(folder, recursive: true);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task ShowProgressAsync(MonthProgress progress, MonthOptions options, Task playing) =>
        await AnsiConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Starting", maxValue: options.Days);
                using var pace = new PeriodicTimer(Pace);
                while (!playing.IsCompleted && await pace.WaitForNextTickAsync())
                {
                    bar.Value = Math.Min(progress.Done.TotalDays, options.Days);
                    bar.Description = progress.Phase;
                }
            });

    private static int ShowUsage(string? problem)
    {
        AnsiConsole.MarkupLineInterpolated($"[red]{problem}[/]");
        Console.WriteLine("usage: dotnet run -c Release --project test/Month -- [--seed 1] [--customers 5000] [--days 30] [--liveliness 1]");
        Console.WriteLine("                                                     [--zone Europe/London] [--keep]");
        return UsageError;
    }
}
