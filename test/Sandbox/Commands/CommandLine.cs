using Spectre.Console;

namespace RechargeGrains.Sandbox;

/// <summary>Finds the command that the first argument names. Without one it serves.</summary>
internal static class CommandLine
{
    private const int UsageError = 2;

    public static Task<int> RunAsync(string[] args) => args switch
    {
        [] or ["serve"] => ServeCommand.RunAsync([]),
        ["demo", .. var rest] => DemoCommand.RunAsync(rest),
        ["chaos", .. var rest] => ChaosCommand.RunAsync(rest),
        ["flood", .. var rest] => FloodCommand.RunAsync(rest),
        ["backlog", .. var rest] => BacklogCommand.RunAsync(rest),
        ["serve", .. var rest] => ServeCommand.RunAsync(rest),
        ["help" or "--help" or "-h", ..] => Task.FromResult(ShowUsage(null)),
        [['-', ..], ..] => ServeCommand.RunAsync(args),
        [var unknown, ..] => Task.FromResult(ShowUsage($"There is no command '{unknown}'.")),
    };

    /// <summary>Prints how to call the program. With a problem the exit code is 2.</summary>
    public static int ShowUsage(string? problem)
    {
        if (problem is not null)
            AnsiConsole.MarkupLineInterpolated($"[red]{problem}[/]");
        Console.WriteLine("usage: dotnet run --project test/Sandbox -- [serve] [--url http://127.0.0.1:5090] [--customers 200] [--seed 1]");
        Console.WriteLine("       dotnet run --project test/Sandbox -- demo [--exit] [--customers 200] [--seed 1]");
        Console.WriteLine("       dotnet run --project test/Sandbox -- chaos [--events 20000] [--kills 10] [--seed 1] [--customers 500] [--connections 64]");
        Console.WriteLine("                                                  [--pushes-per-second 100] [--keep] [--silos 0] [--apis 2]");
        Console.WriteLine("       dotnet run --project test/Sandbox -- flood [--webhooks 50000] [--seconds 60] [--quiet 40]");
        Console.WriteLine("       dotnet run --project test/Sandbox -- backlog [--events 100000] [--connections 64]");
        return problem is null ? 0 : UsageError;
    }
}
