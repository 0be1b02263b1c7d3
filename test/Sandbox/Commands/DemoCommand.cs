using System.Diagnostics;
using System.Runtime.InteropServices;
using Spectre.Console;

namespace RechargeGrains.Sandbox;

/// <summary>
/// The main job, live: starts the sandbox and the product, connects them, imports, plays a day of subscription life through real
/// webhooks, and proves what reached Ometria against what happened at Recharge. The exit code tells.
/// </summary>
internal static class DemoCommand
{
    private const int UpcomingDays = 7;

    /// <summary>Part of the seeded customers lies before it, to show that the start date counts.</summary>
    private const string StartDate = "2024-01-01";

    public static async Task<int> RunAsync(string[] args)
    {
        var exits = args.Contains("--exit");
        var options = new SandboxOptions();
        if (ServeCommand.Read([.. args.Where(arg => arg != "--exit")], options) is { } problem)
            return CommandLine.ShowUsage(problem);

        var clock = Stopwatch.StartNew();
        var folder = Directory.CreateTempSubdirectory("recharge-grains-demo-").FullName;
        using var stopping = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await RunAsync(options, folder, exits, clock, stopping.Token);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return 130;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException or HttpRequestException)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]The demo failed: {failure.Message}[/]");
            ShowLog(folder);
            return 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }

    private static async Task<int> RunAsync(SandboxOptions options, string folder, bool exits, Stopwatch clock, CancellationToken stopping)
    {
        Headline("1. Two services and the product");
        await using var sandbox = await SandboxHost.StartAsync(options, stopping);
        Say($"A fake Recharge ({sandbox.Store.Customers.Count} customers, {sandbox.Store.Subscriptions.Count} subscriptions) and a fake Ometria, as strict as the real ones are described");
        var settings = new ProductSettings { Folder = folder, RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = sandbox.OmetriaUrl };
        await using var product = await ProductProcess.StartAsync(settings, stopping);
        Say($"The product runs at {product.Address} with its embedded store");

        Headline("2. Connecting");
        var connection = await ProductSetup.ConnectAsync(product, sandbox, StartDate, Say);
        using var administrator = connection.Administrator;

        Headline("3. The first import");
        await ImportProgress.ShowAsync(connection, stopping);
        Require(sandbox.Ometria.Events.Count == 0, "The import caused custom events.");
        Say($"{sandbox.Ometria.Contacts.Count} contacts have their two fields, and no custom event was sent");

        Headline("4. A day of subscription life");
        var before = sandbox.Journal.Entries.LastOrDefault()?.Sequence ?? -1;
        var day = await DayOfLife.PlayAsync(sandbox, stopping);
        Say($"{day.Created} subscriptions created, {day.Cancelled} cancelled, {day.Activated} activated again; {day.Doubled} webhooks sent twice, {day.Overtaken} overtaken by a later one");

        Headline("5. The daily sync and the charges of the coming week");
        (await administrator.PostAsync($"{connection.ConnectionPath}/sync", cancellationToken: stopping)).Expect(202);
        await SettleAsync(connection, sandbox, stopping);
        Say("Contacts whose numbers changed were sent, and the coming charges were announced");

        Headline("6. The proof");
        var proof = Proof.Of(sandbox, before, DateTimeOffset.Parse($"{StartDate}T00:00:00Z", CultureInfo.InvariantCulture), sandbox.Store.Today.AddDays(UpcomingDays));
        Show(proof, await connection.StatusAsync());
        AnsiConsole.MarkupLine(proof.Faults.Count == 0
            ? $"[green]Everything that happened at Recharge is at Ometria, once.[/] It took {clock.Elapsed.TotalSeconds:F0} seconds."
            : $"[red]{proof.Faults.Count} things do not fit.[/]");
        if (!exits)
        {
            await InviteAsync(product, administrator, connection.TenantId, stopping);
            AnsiConsole.MarkupLineInterpolated($"Look at what Ometria holds: [link]{sandbox.BaseAddress}[/]");
            AnsiConsole.MarkupLineInterpolated($"Ask the product: [link]{product.Address}openapi/v1.json[/] (the operator's token is {settings.OperatorToken})");
            AnsiConsole.MarkupLine("Ctrl+C ends it.");
            await Task.Delay(Timeout.InfiniteTimeSpan, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        await product.StopAsync();
        return proof.Faults.Count == 0 ? 0 : 1;
    }

    /// <summary>Prints where the pages are, with an invitation for each of those who use them. Unwrapped, so that they can be clicked.</summary>
    private static async Task InviteAsync(ProductProcess product, ProductClient administrator, string tenantId, CancellationToken stopping)
    {
        using var staff = new ProductClient(product.Address, product.Settings.OperatorToken);
        var retailer = (await administrator.PostAsync(
            $"/api/v1/tenants/{tenantId}/people", new { email = "ada@acme.test", name = "Ada", role = "administrator" }, stopping)).Expect(201);
        var hosting = (await staff.PostAsync("/api/v1/staff", new { email = "olga@hosting.test", name = "Olga" }, stopping)).Expect(201);
        Console.WriteLine($"The retailer's page (choose a password for Ada):  {retailer.Field("link")}");
        Console.WriteLine($"The hosting company's (choose one for Olga):      {hosting.Field("link")}");
    }

    /// <summary>Waits until the run that was asked for is finished and nothing waits to be sent.</summary>
    private static async Task SettleAsync(ProductSetup connection, SandboxHost sandbox, CancellationToken stopping)
    {
        var until = sandbox.Store.Today.AddDays(UpcomingDays);
        var due = sandbox.Store.Charges
            .Where(charge => charge.Status == ChargeStatus.Queued && charge.ScheduledOn >= sandbox.Store.Today && charge.ScheduledOn <= until)
            .Select(charge => (charge.AddressId, charge.ScheduledOn)).Distinct().Count();
        await connection.WaitForStatusAsync(status => status["lastDailySync"]?["finishedAt"] is not null, TimeSpan.FromSeconds(120));
        await sandbox.Ometria.WaitForEventsAsync(events => events.Count(told => told.EventType == "upcoming_charge") >= due, TimeSpan.FromSeconds(60), stopping);
        await connection.WaitForStatusAsync(status => (long?)status["counters"]!["events"]!["waiting"] == 0, TimeSpan.FromSeconds(60));
    }

    private static void Show(Proof proof, JsonNode status)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("What");
        table.AddColumn(new TableColumn("At Recharge").RightAligned());
        table.AddColumn(new TableColumn("At Ometria").RightAligned());
        table.AddColumn("");
        foreach (var line in proof.Lines)
            table.AddRow(line.What, $"{line.AtRecharge}", $"{line.AtOmetria}", line.AtRecharge == line.AtOmetria ? "[green]the same[/]" : "[red]differs[/]");
        AnsiConsole.Write(table);
        var counters = status["counters"]!;
        Say($"The product counted {counters["received"]} webhooks, {counters["duplicates"]} of them repeated, and {counters["events"]!["sent"]} events sent");
        foreach (var fault in proof.Faults.Take(20))
            AnsiConsole.MarkupLineInterpolated($"[red]{fault}[/]");
    }

    private static void ShowLog(string folder)
    {
        var log = Path.Combine(folder, "product.log");
        if (!File.Exists(log))
            return;
        AnsiConsole.MarkupLine("The last the product wrote:");
        foreach (var line in File.ReadLines(log).TakeLast(15))
            Console.WriteLine(line);
    }

    private static void Headline(string text) => AnsiConsole.MarkupLineInterpolated($"\n[bold]{text}[/]");

    private static void Say(string text) => AnsiConsole.MarkupLineInterpolated($"  {text}");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new InvalidOperationException(otherwise);
    }
}
