using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Api.Tests.Cluster;

/// <summary>A cluster, a sandbox around it, and shoppers who subscribe and cancel as long as it is asked for.</summary>
internal sealed class ClusterLife : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Between two things that happen.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private readonly PostgresServer _database;
    private readonly CancellationTokenSource _stopping = new();
    private Task _living = Task.CompletedTask;

    private ClusterLife(string folder, PostgresServer database, SandboxHost sandbox, ProductCluster cluster, ProductSetup connection)
    {
        _folder = folder;
        _database = database;
        Sandbox = sandbox;
        Cluster = cluster;
        Connection = connection;
    }

    public SandboxHost Sandbox { get; }

    public ProductCluster Cluster { get; }

    public ProductSetup Connection { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts everything and connects it. Skips the test where no server is installed.</summary>
    public static async Task<ClusterLife> StartAsync(string folder, int silos = 2, int apis = 2)
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var sandbox = await SandboxHost.StartAsync(
            new SandboxOptions { Customers = 100, BucketSize = 40_000, LeakPerSecond = 2_000, OmetriaPushesPerSecond = 100, WebhookConcurrency = 32, WebhookRetryScale = 0.0002, WebhookAttempts = 60 }, Ct);
        var database = await PostgresServer.StartAsync(Ct);
        var cluster = await ProductCluster.StartAsync(
            new ClusterOptions
            {
                Folder = folder,
                ConnectionString = await database.CreateDatabaseAsync(Ct),
                RechargeUrl = sandbox.RechargeUrl,
                OmetriaUrl = sandbox.OmetriaUrl,
                Silos = silos,
                Apis = apis,
                // The load balancer asks twice a second.
                Environment = new Dictionary<string, string> { ["Ometria__PushesPerSecond"] = "100", ["Hosting__DrainFor"] = "00:00:02" },
            },
            Ct);
        var connection = await ProductSetup.ConnectAsync(cluster, sandbox, customEvents: [.. EventFact.Types]);
        await connection.WaitUntilActiveAsync(Patience);
        return new ClusterLife(folder, database, sandbox, cluster, connection);
    }

    /// <summary>Lets shoppers subscribe and cancel, fifty times a second.</summary>
    public void Begin() => _living = Task.Run(LiveAsync, Ct);

    /// <summary>Ends it, waits until everything is told, and answers what is wrong.</summary>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        await _stopping.CancelAsync();
        await _living;
        await Sandbox.Webhooks.DrainAsync(Patience, Ct);
        var happened = Sandbox.Journal.Entries.Count(entry => EventFact.Of(entry) is not null);
        try
        {
            await Sandbox.Ometria.WaitForEventsAsync(events => events.Count >= happened, Patience, Ct);
        }
        catch (TimeoutException)
        {
            Assert.Fail(await DescribeMissingAsync());
        }

        var books = Books.Of(BookEntries.Of(Sandbox, [], null) with { WrongCounts = [] });
        Assert.Equal(happened, books.Lines.Sum(line => line.Accepted));
        return [.. books.Findings, .. Sandbox.Ometria.Violations.Select(violation => violation.Rule)];
    }

    /// <summary>Waits until so many more events are at Ometria.</summary>
    public Task WaitForEventsAsync(int more)
    {
        var before = Sandbox.Ometria.DistinctEvents;
        return Sandbox.Ometria.WaitForEventsAsync(events => events.Count >= before + more, Patience, Ct);
    }

    /// <summary>
    /// Holds that webhooks are taken at their first attempt. On a quiet machine all are; where others use it too, three in a hundred may come a second time:
    /// 1.7 were seen where everything took two and a half times as long. A restart that refuses webhooks costs far more.
    /// </summary>
    public void AssertTakenAtOnce()
    {
        var deliveries = Sandbox.Webhooks.Deliveries;
        var refusals = deliveries.SelectMany(delivery => delivery.Attempts).Where(attempt => attempt.Status != 200)
            .Select(attempt => attempt.Status?.ToString(CultureInfo.InvariantCulture) ?? attempt.Error).ToList();
        Assert.True(refusals.Count <= 3 * deliveries.Count / 100, $"{refusals.Count} of {deliveries.Count} were not taken at once: {string.Join(", ", refusals.Take(10))}");
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Connection.Administrator.Dispose();
        await Cluster.DisposeAsync();
        await _database.DisposeAsync();
        await Sandbox.DisposeAsync();
        _stopping.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>What never came to Ometria: how its webhooks were answered, and what the product says of the customer.</summary>
    private async Task<string> DescribeMissingAsync()
    {
        var told = Sandbox.Ometria.Events.Select(EventFact.Of).ToHashSet();
        var missing = Sandbox.Journal.Entries.Where(entry => EventFact.Of(entry) is { } fact && !told.Contains(fact)).ToList();
        var words = new StringBuilder($"{missing.Count} events are missing at Ometria.");
        foreach (var entry in missing.Take(3))
        {
            var fact = EventFact.Of(entry)!.Value;
            var attempts = Sandbox.Webhooks.Deliveries.Where(delivery => delivery.Fact == fact.Webhook)
                .SelectMany(delivery => delivery.Attempts.Select(attempt => $"{attempt.At:HH:mm:ss.fff} {attempt.Status?.ToString(CultureInfo.InvariantCulture) ?? attempt.Error}"));
            var customer = await Connection.Administrator.GetAsync($"{Connection.ConnectionPath}/customers?rechargeId={entry.CustomerId}");
            words.AppendLine().Append(CultureInfo.InvariantCulture, $"{fact}: {string.Join("; ", attempts)}").AppendLine().Append(customer.Body);
        }

        return words.ToString();
    }

    private async Task LiveAsync()
    {
        var customers = Sandbox.Store.Customers.Select(customer => customer.Id).ToList();
        var open = new Queue<long>();
        using var pace = new PeriodicTimer(Pace);
        try
        {
            for (var i = 0; await pace.WaitForNextTickAsync(_stopping.Token); i++)
            {
                if (i % 3 == 2)
                    Sandbox.Store.Cancel(open.Dequeue());
                else
                    open.Enqueue(Sandbox.Store.CreateSubscription(customers[i % customers.Count], new NewSubscription { NextChargeOn = Sandbox.Store.Today.AddDays(40) }).Id);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }
}
