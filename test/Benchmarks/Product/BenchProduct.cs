using System.Diagnostics;
using Npgsql;
using RechargeGrains.Benchmarks.Load;
using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Benchmarks.Product;

/// <summary>
/// The product as a process between a sandbox's Recharge and a double of Ometria, with retailers that are connected, each with accounts of its own.
/// </summary>
internal sealed class BenchProduct : IAsyncDisposable
{
    private const string OperationsMetric = "recharge_storage_commit_operations_sum";

    private readonly string _folder;
    private readonly PostgresServer? _database;
    private readonly string? _connectionString;

    private BenchProduct(string folder, PostgresServer? database, string? connectionString, SandboxHost sandbox, OmetriaDouble ometria, ProductProcess process)
    {
        _folder = folder;
        _database = database;
        _connectionString = connectionString;
        Sandbox = sandbox;
        Ometria = ometria;
        Process = process;
    }

    /// <summary>Recharge's side.</summary>
    public SandboxHost Sandbox { get; }

    public OmetriaDouble Ometria { get; }

    public ProductProcess Process { get; private set; }

    /// <summary>Where the retailers' webhooks go.</summary>
    public IReadOnlyList<Hook> Hooks { get; private set; } = [];

    /// <summary>Calls that Recharge took of the retailer whose store has customers.</summary>
    public long Calls => Sandbox.Tokens.Find(Sandbox.Options.RechargeToken)!.Calls;

    /// <summary>Starts the product and connects retailers.</summary>
    /// <param name="store">What it keeps its state in.</param>
    /// <param name="retailers">How many; their stores are empty.</param>
    /// <param name="settings">Further settings, by the names of environment variables.</param>
    /// <param name="options">Of the sandbox.</param>
    /// <param name="events">The events of their connections; null for all.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<BenchProduct> StartAsync(
        Store store, int retailers, IReadOnlyDictionary<string, string>? settings = null, SandboxOptions? options = null, string[]? events = null, CancellationToken ct = default)
    {
        var folder = Directory.CreateTempSubdirectory("recharge-grains-bench-").FullName;
        var database = store == Store.Postgres ? await PostgresServer.StartAsync(isDurable: true, ct) : null;
        var connectionString = database is null ? null : await database.CreateDatabaseAsync(ct);
        var sandbox = await SandboxHost.StartAsync(options ?? new SandboxOptions { Customers = 0, KeepsDeliveries = false }, ct);
        var ometria = await OmetriaDouble.StartAsync(ct);
        var product = new ProductSettings { Folder = folder, RechargeUrl = sandbox.RechargeUrl, OmetriaUrl = ometria.Url };
        // A few retailers stand for hundreds.
        product.Environment["Quotas__WebhooksPerSecond"] = "100000";
        product.Environment["Quotas__Backlog"] = "10000000";
        if (connectionString is not null)
        {
            product.Environment["Storage__Provider"] = "Postgres";
            product.Environment["Storage__ConnectionString"] = connectionString;
        }

        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            product.Environment[name] = value;
        var bench = new BenchProduct(folder, database, connectionString, sandbox, ometria, await ProductProcess.StartAsync(product, ct));
        var connected = await Retailer.ConnectAsync(sandbox, retailers, (name, keys) => ProductSetup.ConnectAsync(bench.Process, sandbox, tenantId: name, customEvents: events, keys: keys), ct);
        bench.Hooks = [.. connected.Select(retailer => retailer.Hook)];
        return bench;
    }

    /// <summary>Connects a retailer whose store has the sandbox's customers, and does not wait until they are imported.</summary>
    public async Task BeginImportAsync()
    {
        var connection = await ProductSetup.ConnectAsync(Process, Sandbox);
        connection.Administrator.Dispose();
    }

    /// <summary>Waits until Recharge took so many calls of that retailer.</summary>
    public async Task WaitForCallsAsync(long calls, CancellationToken ct)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Calls < calls)
            await pace.WaitForNextTickAsync(ct);
    }

    /// <summary>Stops the product, starts it again with settings that may have been changed, and answers how long it took until it was ready.</summary>
    public async Task<TimeSpan> RestartAsync(CancellationToken ct)
    {
        await Process.StopAsync();
        var settings = Process.Settings;
        await Process.DisposeAsync();
        var began = Stopwatch.GetTimestamp();
        Process = await ProductProcess.StartAsync(settings, ct);
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>Records that were written or removed since the last start.</summary>
    public async Task<double> OperationsAsync(CancellationToken ct)
    {
        using var http = new HttpClient();
        var metrics = await http.GetStringAsync(new Uri(Process.Address, "/metrics"), ct);
        return metrics.Split('\n').Where(line => line.StartsWith(OperationsMetric, StringComparison.Ordinal)).Sum(line => double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture));
    }

    /// <summary>What the store takes on disk. The embedded one has to be at rest.</summary>
    public async Task<long> StoredBytesAsync(CancellationToken ct)
    {
        if (_connectionString is null)
            return Directory.GetFiles(_folder, "recharge-grains.db*").Sum(file => new FileInfo(file).Length);
        await using var connection = new NpgsqlConnection(_connectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand("SELECT pg_database_size(current_database())", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        if (_database is not null)
            await _database.DisposeAsync();
        await Ometria.DisposeAsync();
        await Sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
