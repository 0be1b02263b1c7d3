using System.Runtime.InteropServices;
using Spectre.Console;

namespace RechargeGrains.Sandbox;

/// <summary>
/// Two retailers on one product, one of them flooding: how long the webhooks of the other take before, during and after. For comparison
/// within one run; the machine, the sandbox and the senders share the processors.
/// </summary>
internal static class FloodCommand
{
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(string[] args)
    {
        var (options, problem) = FloodOptions.Read(args);
        if (options is null)
            return CommandLine.ShowUsage(problem);
        var folder = Directory.CreateTempSubdirectory("recharge-grains-flood-").FullName;
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal =>
        {
            signal.Cancel = true;
            stopping.Cancel();
        });
        try
        {
            return await RunAsync(options, folder, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 130;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(FloodOptions options, string folder, CancellationToken ct)
    {
        await using var sandbox = await SandboxHost.StartAsync(new SandboxOptions { Customers = 0, OmetriaKeepsRecords = false }, ct);
        var settings = new ProductSettings { Folder = folder, RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = sandbox.OmetriaUrl };
        await using var product = await ProductProcess.StartAsync(settings, ct);
        using var quiet = await ConnectAsync("quiet", 910_000_000, product, sandbox);
        using var loud = await ConnectAsync("loud", 1_910_000_000, product, sandbox);

        // The first ones pay for what is compiled on the way.
        await quiet.SendAsync(options.Quiet * 10, options.Quiet * 20, new Latencies(), ct);
        var before = await AloneAsync(quiet, options, "before", ct);
        var (during, flood) = await TogetherAsync(quiet, loud, options, ct);
        var after = await AloneAsync(quiet, options, "after", ct);
        Show([("quiet, before", before), ("quiet, during the flood", during), ("quiet, after", after), ("the flood itself", flood)]);
        AnsiConsole.MarkupLineInterpolated(
            $"p99 of the quiet retailer during the flood: {during.Percentile(99) / Math.Max(before.Percentile(99), after.Percentile(99)):F2} of what it is alone");
        await product.StopAsync();
        return 0;
    }

    private static async Task<WebhookSource> ConnectAsync(string name, long firstId, ProductProcess product, SandboxHost sandbox)
    {
        var keys = new ServiceKeys($"{name}_ometria_key", $"sk_{name}_recharge_token", $"{name}_client_secret");
        sandbox.Tokens.Add(keys.RechargeToken, keys.ClientSecret);
        sandbox.OmetriaAccounts.AddAccount(name, keys.OmetriaKey);
        var connection = await ProductSetup.ConnectAsync(product, sandbox, tenantId: name, keys: keys);
        await connection.WaitUntilActiveAsync(Limit);
        connection.Administrator.Dispose();
        var webhook = sandbox.Webhooks.Registrations.First(registered => registered.Token.Value == keys.RechargeToken && registered.Topic == "subscription/created");
        return new WebhookSource(webhook.Address, keys.ClientSecret, firstId);
    }

    private static async Task<Latencies> AloneAsync(WebhookSource quiet, FloodOptions options, string when, CancellationToken ct)
    {
        AnsiConsole.MarkupLineInterpolated($"The quiet retailer alone, {when}: {options.Quiet} webhooks a second for {Alone.TotalSeconds:F0} s");
        var latencies = new Latencies();
        await quiet.SendAsync(options.Quiet, options.Quiet * (long)Alone.TotalSeconds, latencies, ct);
        return latencies;
    }

    private static async Task<(Latencies Quiet, Latencies Flood)> TogetherAsync(WebhookSource quiet, WebhookSource loud, FloodOptions options, CancellationToken ct)
    {
        AnsiConsole.MarkupLineInterpolated($"The other one floods: {options.Webhooks} webhooks in {options.Seconds} s");
        var (during, flood) = (new Latencies(), new Latencies());
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var going = quiet.SendAsync(options.Quiet, long.MaxValue, during, over.Token);
        await loud.SendAsync((double)options.Webhooks / options.Seconds, options.Webhooks, flood, ct);
        await over.CancelAsync();
        await going;
        return (during, flood);
    }

    private static void Show(IEnumerable<(string Who, Latencies Latencies)> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in new[] { "Webhooks of", "Count", "p50 ms", "p95 ms", "p99 ms", "max ms", "Answers" })
            table.AddColumn(column);
        foreach (var (who, latencies) in rows)
        {
            var answers = string.Join(", ", latencies.Statuses.OrderBy(pair => pair.Key).Select(pair => $"{pair.Value} × {(pair.Key == 0 ? "none" : pair.Key)}"));
            table.AddRow(who, $"{latencies.Count}", In(latencies, 50), In(latencies, 95), In(latencies, 99), In(latencies, 100), answers);
        }

        AnsiConsole.Write(table);
    }

    private static string In(Latencies latencies, double percent) => latencies.Percentile(percent).ToString("F1", CultureInfo.InvariantCulture);
}
