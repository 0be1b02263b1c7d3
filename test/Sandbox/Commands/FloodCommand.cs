using System.Runtime.InteropServices;
using Spectre.Console;

namespace RechargeGrains.Sandbox;

/// <summary>
/// Two retailers on one product, one of them flooding: how long the webhooks of the other take before, during and after. The same flood
/// also goes to a <see cref="StandIn"/>, since the senders take processors from the product and what they take is not the product's
/// doing. For comparison within one run.
/// </summary>
internal static class FloodCommand
{
    private const int WarmUpRate = 400;

    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(30);

    /// <summary>So long it takes until what is used most is compiled to its end.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
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
        // Of a tenant's quota nothing is to be seen here.
        settings.Environment["Quotas__WebhooksPerSecond"] = "100000";
        await using var product = await ProductProcess.StartAsync(settings, ct);
        using var quiet = await ConnectAsync("quiet", 910_000_000, product, sandbox);
        using var loud = await ConnectAsync("loud", 1_910_000_000, product, sandbox);

        await using var standIn = await StandIn.StartAsync(ct);
        using var elsewhere = new WebhookSource(standIn.Address, "nobody_looks_at_it", 2_910_000_000);

        AnsiConsole.MarkupLineInterpolated($"Warming up: {WarmUp.TotalSeconds:F0} s");
        await loud.SendAsync(WarmUpRate, WarmUpRate * (long)WarmUp.TotalSeconds, new Latencies(), ct);
        var before = await AloneAsync(quiet, options, "before", ct);
        var (beside, standing) = await TogetherAsync("a stand-in", quiet, elsewhere, options, ct);
        var (during, flood) = await TogetherAsync("the product", quiet, loud, options, ct);
        var after = await AloneAsync(quiet, options, "after", ct);
        Show([
            ("quiet, before", before), ("quiet, flood to a stand-in", beside), ("quiet, flood to the product", during), ("quiet, after", after),
            ("the flood to a stand-in", standing), ("the flood to the product", flood)]);
        foreach (var percent in new[] { 50, 95, 99 })
        {
            AnsiConsole.MarkupLineInterpolated(
                $"p{percent} of the quiet retailer during the flood: {Ratio(during, before, percent)} and {Ratio(during, after, percent)} of what it is alone, {Ratio(during, beside, percent)} of what it is when the flood goes elsewhere");
        }

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

    private static async Task<(Latencies Quiet, Latencies Flood)> TogetherAsync(
        string where, WebhookSource quiet, WebhookSource loud, FloodOptions options, CancellationToken ct)
    {
        AnsiConsole.MarkupLineInterpolated($"A flood to {where}: {options.Webhooks} webhooks in {options.Seconds} s");
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

    private static string Ratio(Latencies latencies, Latencies other, double percent) =>
        (latencies.Percentile(percent) / other.Percentile(percent)).ToString("F2", CultureInfo.InvariantCulture);

    private static string In(Latencies latencies, double percent) => latencies.Percentile(percent).ToString("F1", CultureInfo.InvariantCulture);
}
