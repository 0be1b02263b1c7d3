using System.Security.Cryptography;

namespace RechargeGrains.Sandbox;

/// <summary>
/// The product as a hosting company runs it: silos, Apis that are their clients, a load balancer in front, and a PostgreSQL database; each a process
/// of its own on this machine.
/// </summary>
public sealed class ProductCluster : IAsyncDisposable
{
    private readonly LoadBalancer _balancer;

    private ProductCluster(LoadBalancer balancer, IReadOnlyList<ClusterNode> silos, IReadOnlyList<ClusterNode> apis)
    {
        _balancer = balancer;
        Silos = silos;
        Apis = apis;
    }

    public IReadOnlyList<ClusterNode> Silos { get; }

    public IReadOnlyList<ClusterNode> Apis { get; }

    public IEnumerable<ClusterNode> Nodes => Silos.Concat(Apis);

    /// <summary>Of the load balancer, where webhooks and everybody else come in.</summary>
    public Uri Address => _balancer.Address;

    public string OperatorToken => Apis[0].Process.Settings.OperatorToken;

    /// <summary>Starts everything and waits until it is ready.</summary>
    public static async Task<ProductCluster> StartAsync(ClusterOptions options, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var silos = Enumerable.Range(1, options.Silos).Select(i => Settings($"silo{i}", "RechargeGrains.Silo.dll")).ToList();
        foreach (var silo in silos)
            silo.Environment["Hosting__MonitorUrl"] = silo.Url;
        var apis = Enumerable.Range(1, options.Apis).Select(i => Settings($"api{i}", "RechargeGrains.Api.dll")).ToList();
        foreach (var api in apis)
            api.Environment["Hosting__EmbeddedSilo"] = "false";

        var started = new List<ClusterNode>();
        try
        {
            // All at once, as after a power cut.
            var starting = silos.Concat(apis).Select(settings => ClusterNode.StartAsync(settings, ct)).ToList();
            foreach (var node in starting)
                started.Add(await node);
            var balancer = await LoadBalancer.StartAsync(address, apis.Select(api => new Uri(api.Url)), ct);
            return new ProductCluster(balancer, started[..silos.Count], started[silos.Count..]);
        }
        catch
        {
            foreach (var node in started)
                await node.DisposeAsync();
            throw;
        }

        ProductSettings Settings(string name, string program)
        {
            var settings = new ProductSettings
            {
                Folder = Path.Combine(options.Folder, name),
                RechargeUrl = options.RechargeUrl,
                OmetriaUrl = options.OmetriaUrl,
                Program = program,
            };
            settings.Environment["Storage__Provider"] = "Postgres";
            settings.Environment["Storage__ConnectionString"] = options.ConnectionString;
            settings.Environment["Security__MasterKey"] = key;
            settings.Environment["PublicUrl"] = address.ToString().TrimEnd('/');
            foreach (var (setting, value) in options.Environment)
                settings.Environment[setting] = value;
            return settings;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _balancer.DisposeAsync();
        foreach (var node in Nodes)
            await node.DisposeAsync();
    }
}
