using System.Diagnostics;
using Spectre.Console;

namespace RechargeGrains.Sandbox;

/// <summary>
/// Ometria is away while webhooks keep coming: what accepting one costs as the backlog grows, and how much memory it takes; then how long a
/// start with the backlog takes after a kill, and how fast it is told once Ometria is back. Every event has to arrive once.
/// </summary>
internal static class BacklogCommand
{
    private const int Steps = 10;
    private const int PushesPerSecond = 200;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    public static async Task<int> RunAsync(string[] args)
    {
        var (events, connections, problem) = Read(args);
        if (problem is not null)
            return CommandLine.ShowUsage(problem);
        var folder = Directory.CreateTempSubdirectory("recharge-grains-backlog-").FullName;
        try
        {
            return await RunAsync(events, connections, folder, CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (int Events, int Connections, string? Problem) Read(string[] args)
    {
        var (events, connections) = (100_000, 64);
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < Steps)
                return (0, 0, $"'{args[i]}' needs a whole number of at least {Steps}.");
            if (args[i] == "--events")
                events = number;
            else if (args[i] == "--connections")
                connections = number;
            else
                return (0, 0, $"There is no option '{args[i]}'.");
        }

        return (events, connections, null);
    }

    private static async Task<int> RunAsync(int events, int connections, string folder, CancellationToken ct)
    {
        var options = new SandboxOptions { Customers = 0, OmetriaKeepsRecords = false, OmetriaPushesPerSecond = PushesPerSecond };
        await using var sandbox = await SandboxHost.StartAsync(options, ct);
        var settings = new ProductSettings { Folder = folder, RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = sandbox.OmetriaUrl };
        settings.Environment["Ometria__PushesPerSecond"] = PushesPerSecond.ToString(CultureInfo.InvariantCulture);
        settings.Environment["Outbox__MaxWaiting"] = "5000000";
        settings.Environment["Quotas__Backlog"] = "5000000";
        settings.Environment["Quotas__WebhooksPerSecond"] = "100000";
        var product = await ProductProcess.StartAsync(settings, ct);
        try
        {
            var connection = await ProductSetup.ConnectAsync(product, sandbox);
            using var administrator = connection.Administrator;
            await connection.WaitUntilActiveAsync(Limit);
            var address = sandbox.Webhooks.Registrations.First(registered => registered.Topic == "subscription/created").Address;
            using var source = new WebhookSource(address, options.ClientSecret, 910_000_000);

            sandbox.Faults.Ometria.Always(Fault.Status(503));
            await GrowAsync(source, product, events, connections, ct);
            product = await RestartAsync(product, ct);
            sandbox.Faults.Ometria.Clear();
            return await DrainAsync(sandbox, events, ct) ? 0 : 1;
        }
        finally
        {
            await product.DisposeAsync();
        }
    }

    private static async Task GrowAsync(WebhookSource source, ProductProcess product, int events, int connections, CancellationToken ct)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in new[] { "Backlog", "Webhooks/s", "p50 ms", "p99 ms", "Memory MB", "Answers" })
            table.AddColumn(new TableColumn(column).RightAligned());
        await AnsiConsole.Live(table).StartAsync(async live =>
        {
            for (var step = 1; step <= Steps; step++)
            {
                var latencies = new Latencies();
                var clock = Stopwatch.StartNew();
                await source.SendInTurnAsync(connections, events / Steps, latencies, ct);
                var answers = string.Join(", ", latencies.Statuses.Select(pair => $"{pair.Value} × {pair.Key}"));
                table.AddRow(
                    $"{(long)events * step / Steps}",
                    $"{latencies.Count / clock.Elapsed.TotalSeconds:F0}",
                    latencies.Percentile(50).ToString("F1", CultureInfo.InvariantCulture),
                    latencies.Percentile(99).ToString("F1", CultureInfo.InvariantCulture),
                    $"{product.WorkingSet / 1_048_576}",
                    answers);
                live.Refresh();
            }
        });
    }

    private static async Task<ProductProcess> RestartAsync(ProductProcess killed, CancellationToken ct)
    {
        await killed.KillAsync();
        var clock = Stopwatch.StartNew();
        var product = await ProductProcess.StartAsync(killed.Settings, ct);
        await killed.DisposeAsync();
        AnsiConsole.MarkupLineInterpolated($"Killed, and ready again after {clock.Elapsed.TotalSeconds:F1} s");
        return product;
    }

    private static async Task<bool> DrainAsync(SandboxHost sandbox, int events, CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        // Not an exact count of what was sent: the shares of the steps are rounded.
        var expected = events / Steps * Steps;
        await sandbox.Ometria.WaitForAsync(held => held.DistinctEvents >= expected ? held : null, Limit, ct);
        var doubled = sandbox.Ometria.Duplicates().Count;
        AnsiConsole.MarkupLineInterpolated(
            $"Ometria is back: {expected} events told in {clock.Elapsed.TotalSeconds:F1} s, {expected / clock.Elapsed.TotalSeconds:F0} a second, {doubled} of them twice");
        return doubled == 0 && sandbox.Ometria.DistinctEvents == expected;
    }
}
