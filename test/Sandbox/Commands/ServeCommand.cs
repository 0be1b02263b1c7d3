using System.Runtime.InteropServices;
using Spectre.Console;

namespace RechargeGrains.Sandbox;

/// <summary>Serves both fakes until Ctrl+C.</summary>
internal static class ServeCommand
{
    private const string DefaultUrl = "http://127.0.0.1:5090";

    public static async Task<int> RunAsync(string[] args)
    {
        var options = new SandboxOptions { Url = DefaultUrl };
        if (Read(args, options) is { } problem)
            return CommandLine.ShowUsage(problem);

        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        SandboxHost host;
        try
        {
            host = await SandboxHost.StartAsync(options, stopping.Token);
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]Cannot listen on {options.Url}: {error.Message}[/]");
            return 1;
        }

        await using (host)
        {
            Announce(host);
            await host.WaitForShutdownAsync(stopping.Token);
        }

        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    /// <summary>Writes arguments into the options. Answers what is wrong with them, or null.</summary>
    internal static string? Read(string[] args, SandboxOptions options)
    {
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
                return $"'{args[i]}' needs a value.";
            var value = args[i + 1];
            switch (args[i])
            {
                case "--url":
                    options.Url = value;
                    break;
                case "--customers" when Number(value) is { } customers:
                    options.Customers = customers;
                    break;
                case "--seed" when Number(value) is { } seed:
                    options.Seed = seed;
                    break;
                case "--customers" or "--seed":
                    return $"'{args[i]}' needs a whole number, not '{value}'.";
                default:
                    return $"There is no option '{args[i]}'.";
            }
        }

        return null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Announce(SandboxHost host)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("what", "value");
        table.AddRow("Look at it", host.BaseAddress.ToString());
        table.AddRow("Recharge", host.RechargeUrl);
        table.AddRow("  token", host.Options.RechargeToken);
        table.AddRow("  client secret", host.Options.ClientSecret);
        table.AddRow("Ometria", host.OmetriaUrl);
        table.AddRow("  API key", host.Options.OmetriaApiKey);
        AnsiConsole.MarkupLineInterpolated($"[bold]{host.Options.StoreName}[/] has {host.Store.Customers.Count} customers. Ctrl+C ends it.");
        AnsiConsole.Write(table);
    }
}
