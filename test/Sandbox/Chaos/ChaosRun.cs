using System.Diagnostics;
using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Sandbox;

/// <summary>
/// Plays a random life against the product while everything around it fails, lets all of it come to rest, and makes up the books.
/// The sandbox and the product live as long as the run.
/// </summary>
public sealed class ChaosRun : IAsyncDisposable
{
    /// <summary>Nothing moves for so long only if something is stuck.</summary>
    private static readonly TimeSpan StallLimit = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private readonly ChaosOptions _options;
    private readonly ChaosTarget _target;
    private readonly ProductSetup _connection;

    private ChaosRun(ChaosOptions options, SandboxHost sandbox, ChaosTarget target, ProductSetup connection, ChaosProgress progress)
    {
        _options = options;
        Sandbox = sandbox;
        _target = target;
        _connection = connection;
        Progress = progress;
    }

    public SandboxHost Sandbox { get; }

    public ChaosProgress Progress { get; }

    /// <summary>Starts both sides, connects them and waits for the first import.</summary>
    /// <param name="options">How much is to happen.</param>
    /// <param name="folder">Where the product keeps its database and log.</param>
    /// <param name="step">Told of each step.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<ChaosRun> StartAsync(ChaosOptions options, string folder, Action<string>? step = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var progress = new ChaosProgress();
        var sandbox = await SandboxHost.StartAsync(OptionsOf(options), ct);
        ChaosTarget? target = null;
        try
        {
            target = await StartTargetAsync(options, folder, sandbox, progress, ct);
            step?.Invoke($"The product runs at {target.Address}, the sandbox at {sandbox.BaseAddress}");
            var connection = await ProductSetup.ConnectAsync(target.Address, target.OperatorToken, sandbox, customEvents: [.. EventFact.Types]);
            await connection.WaitUntilActiveAsync(StallLimit);
            step?.Invoke($"Connected, and {sandbox.Ometria.Contacts.Count} contacts are imported");
            return new ChaosRun(options, sandbox, target, connection, progress);
        }
        catch
        {
            if (target is not null)
                await target.DisposeAsync();
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Plays everything and makes up the books.</summary>
    public async Task<ChaosResult> PlayAsync(CancellationToken ct = default)
    {
        var clock = Stopwatch.StartNew();
        Progress.Phase = "Playing";
        await PlayAllAsync(ct);
        Progress.Phase = "Coming to rest";
        await RestAsync(ct);
        var playing = clock.Elapsed;
        Progress.Phase = "Comparing with Recharge";
        await CompareAsync();
        Progress.Phase = "Daily sync";
        await SyncAsync();
        var status = await _connection.StatusAsync();
        var repeated = (long?)status["counters"]!["events"]!["repeated"];
        var books = Books.Of(BookEntries.Of(Sandbox, Progress.Interruptions, repeated));
        await _target.StopAsync();
        return new ChaosResult(books, Progress.Played, Progress.Kills, Sandbox.Webhooks.Tally, playing, status);
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Administrator.Dispose();
        await _target.DisposeAsync();
        await Sandbox.DisposeAsync();
    }

    private static async Task<ChaosTarget> StartTargetAsync(
        ChaosOptions options, string folder, SandboxHost sandbox, ChaosProgress progress, CancellationToken ct)
    {
        var environment = new Dictionary<string, string>
        {
            ["Ometria__PushesPerSecond"] = options.PushesPerSecond.ToString(CultureInfo.InvariantCulture),
            ["Serilog__MinimumLevel"] = "Warning",
        };
        if (options.Silos == 0)
        {
            var settings = new ProductSettings { Folder = folder, RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = sandbox.OmetriaUrl };
            foreach (var (name, value) in environment)
                settings.Environment[name] = value;
            return new AloneTarget(await ProductProcess.StartAsync(settings, ct), sandbox, options, progress);
        }

        var database = await PostgresServer.StartAsync(ct);
        try
        {
            var cluster = await ProductCluster.StartAsync(
                new ClusterOptions
                {
                    Folder = folder,
                    ConnectionString = await database.CreateDatabaseAsync(ct),
                    RechargeUrl = sandbox.RechargeUrl,
                    OmetriaUrl = sandbox.OmetriaUrl,
                    Silos = options.Silos,
                    Apis = Math.Max(1, options.Apis),
                    Environment = environment,
                },
                ct);
            return new ClusterTarget(cluster, database, sandbox, options, progress);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static SandboxOptions OptionsOf(ChaosOptions options) => new()
    {
        Seed = options.Seed,
        Customers = options.Customers,
        WebhookConcurrency = options.Connections,
        // An hour instead of 48, in three times as many attempts: what a kill turned away comes again within seconds, and no outage of
        // a run is long enough for a registration to be deleted.
        WebhookRetryScale = 1.0 / 48,
        WebhookAttempts = 60,
        // New customers are read one by one.
        BucketSize = 40_000,
        LeakPerSecond = 2_000,
        OmetriaPushesPerSecond = options.PushesPerSecond,
        KeepsDeliveries = false,
        OmetriaKeepsRecords = false,
    };

    /// <summary>The first of them that fails ends the others.</summary>
    private async Task PlayAllAsync(CancellationToken ct)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var repeater = new WebhookRepeater(Sandbox.Webhooks);
        List<Task> all =
        [
            new ProductTrouble(_target, _options, Progress).RunAsync(together.Token),
            new OmetriaTrouble(Sandbox, _options, Progress).RunAsync(together.Token),
            Task.Run(() => new ChaosLife(Sandbox, _options, Progress).PlayAsync(together.Token), ct),
        ];
        while (all.Count > 0)
        {
            var done = await Task.WhenAny(all);
            all.Remove(done);
            if (done.IsCompletedSuccessfully)
                continue;
            await together.CancelAsync();
            await Task.WhenAll(all).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await done;
        }

        Sandbox.Faults.Clear();
        repeater.End();
    }

    private async Task RestAsync(CancellationToken ct)
    {
        await Sandbox.Webhooks.DrainAsync(StallLimit, ct);
        await WaitAsync(() => Task.FromResult(Sandbox.Webhooks.Tally.Pending), "webhooks are on their way", ct);
        await WaitAsync(WaitingAsync, "events wait in the product", ct);
    }

    private async Task<long> WaitingAsync() => (long)(await _connection.StatusAsync())["counters"]!["events"]!["waiting"]!;

    /// <summary>Every webhook has come, so this has nothing to tell: an event that it tells all the same is in nobody's books.</summary>
    private async Task CompareAsync()
    {
        var before = (string?)(await _connection.StatusAsync())["drift"]!["comparedAllAt"];
        (await _connection.Administrator.PostAsync($"{_connection.ConnectionPath}/reconcile")).Expect(202);
        await _connection.WaitForStatusAsync(
            status => (string?)status["drift"]!["comparedAllAt"] != before && (long)status["counters"]!["events"]!["waiting"]! == 0, StallLimit * 2);
    }

    private async Task SyncAsync()
    {
        var before = (string?)(await _connection.StatusAsync())["lastDailySync"]?["startedAt"];
        (await _connection.Administrator.PostAsync($"{_connection.ConnectionPath}/sync")).Expect(202);
        await _connection.WaitForStatusAsync(
            status => status["lastDailySync"] is { } run && (string?)run["startedAt"] != before && run["finishedAt"] is not null
                && (long)status["counters"]!["events"]!["waiting"]! == 0,
            StallLimit * 2);
    }

    /// <summary>Waits until nothing is left, as long as it gets less or something is accepted.</summary>
    private async Task WaitAsync(Func<Task<long>> left, string what, CancellationToken ct)
    {
        using var pace = new PeriodicTimer(Pace);
        var moved = Stopwatch.StartNew();
        (long Left, int Accepted) last = (long.MaxValue, 0);
        while (await pace.WaitForNextTickAsync(ct))
        {
            var now = (await left(), Sandbox.Ometria.DistinctEvents);
            if (now.Item1 == 0)
                return;
            if (now != last)
                moved.Restart();
            last = now;
            if (moved.Elapsed > StallLimit)
                throw new TimeoutException($"{now.Item1} {what} and nothing has moved for {StallLimit.TotalMinutes:0} minutes.");
        }
    }
}
