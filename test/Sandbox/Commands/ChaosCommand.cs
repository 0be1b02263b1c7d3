using System.Data.Common;
using System.Runtime.InteropServices;
using RechargeGrains.PrivatePostgres;
using Spectre.Console;

namespace RechargeGrains.Sandbox;

/// <summary>A chaotic run with a bar that moves, and its books. The exit code says whether they balance.</summary>
internal static class ChaosCommand
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    public static async Task<int> RunAsync(string[] args)
    {
        var (options, problem) = ChaosOptions.Read(args);
        if (options is null)
            return CommandLine.ShowUsage(problem);

        if (options.Silos > 0 && PostgresServer.Missing is { } missing)
            return CommandLine.ShowUsage(missing);

        var folder = Directory.CreateTempSubdirectory("recharge-grains-chaos-").FullName;
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var keep = options.Keep;
        try
        {
            return await RunAsync(options, folder, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or HttpRequestException or DbException)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]The run failed: {failure.Message}[/]");
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

    private static async Task<int> RunAsync(ChaosOptions options, string folder, CancellationToken ct)
    {
        await using var run = await ChaosRun.StartAsync(options, folder, step => AnsiConsole.MarkupLineInterpolated($"{step}"), ct);
        var playing = run.PlayAsync(ct);
        await ShowProgressAsync(run, options, playing, ct);
        var result = await playing;
        Show(result);
        return result.Books.Balance ? 0 : 1;
    }

    private static async Task ShowProgressAsync(ChaosRun run, ChaosOptions options, Task playing, CancellationToken ct) =>
        await AnsiConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("Starting", maxValue: options.Events);
                using var pace = new PeriodicTimer(Pace);
                while (!playing.IsCompleted && await pace.WaitForNextTickAsync(ct))
                {
                    bar.Value = run.Progress.Played;
                    bar.Description = Describe(run, bar);
                }

                bar.Value = run.Progress.Played;
            });

    private static string Describe(ChaosRun run, ProgressTask bar)
    {
        var (played, webhooks) = (run.Progress.Played, run.Sandbox.Webhooks.Tally);
        var trouble = run.Progress.Trouble is { Length: > 0 } now ? $", {now}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{run.Progress.Phase}: {played / Math.Max(1, bar.ElapsedTime?.TotalSeconds ?? 1):F0} events/s, {run.Progress.Kills} kills, {webhooks.Pending} webhooks and {Math.Max(0, played - run.Sandbox.Ometria.DistinctEvents)} events behind{trouble}");
    }

    private static void Show(ChaosResult result)
    {
        var books = result.Books;
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("Event");
        foreach (var column in new[] { "At Recharge", "At Ometria", "Rejected on purpose", "Lost", "Never happened" })
            table.AddColumn(new TableColumn(column).RightAligned());
        foreach (var line in books.Lines)
            table.AddRow(line.Type, $"{line.Happened}", $"{line.Accepted}", $"{line.Rejected}", Must(line.Lost), Must(line.Unknown));
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine($"Lost {Must(books.Lost)}, doubled {Must(books.Doubled)}, out of order {Must(books.OutOfOrder)}, wrong counts {Must(books.WrongCounts)}, never happened {Must(books.Unknown)}");
        AnsiConsole.MarkupLineInterpolated($"Accepted again: {books.AcceptedAgain}, explained by a lost answer: {books.Explained}, counted by the product: {books.Repeated?.ToString(CultureInfo.InvariantCulture) ?? "not told"}");
        AnsiConsole.MarkupLineInterpolated($"Compared with Recharge at the end: {result.Drift} customers differed");
        AnsiConsole.MarkupLineInterpolated(
            $"{result.Events} events and {result.Kills} kills in {result.Playing.TotalSeconds:F0} s: {result.EventsPerSecond:F0} events/s, {result.WebhooksPerSecond:F0} webhooks/s ({result.Webhooks.Delivered} delivered in {result.Webhooks.Attempts} attempts)");
        foreach (var finding in books.Findings.Take(20))
            AnsiConsole.MarkupLineInterpolated($"[red]{finding}[/]");
        AnsiConsole.MarkupLine(books.Balance ? "[green]The books balance.[/]" : "[red]The books do not balance.[/]");
    }

    private static string Must(int number) => number == 0 ? "[green]0[/]" : string.Create(CultureInfo.InvariantCulture, $"[red]{number}[/]");
}
