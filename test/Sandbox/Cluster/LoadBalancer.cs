using Yarp.ReverseProxy.Configuration;

namespace RechargeGrains.Sandbox;

/// <summary>
/// Stands in front of several Apis as a hosting company's would: requests go round in turn to those that say they are ready, which each is
/// asked twice a second, and one that cannot be reached is left out at once. Nothing is tried twice.
/// </summary>
internal sealed class LoadBalancer : IAsyncDisposable
{
    private const string Apis = "apis";

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication _app;

    private LoadBalancer(WebApplication app, Uri address)
    {
        _app = app;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<LoadBalancer> StartAsync(Uri address, IEnumerable<Uri> apis, CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(address.ToString());
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = Apis, Match = new RouteMatch { Path = "{**all}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = Apis,
                    LoadBalancingPolicy = "RoundRobin",
                    Destinations = apis.Select((api, i) => (Name: $"api{i}", Api: api))
                        .ToDictionary(api => api.Name, api => new DestinationConfig { Address = api.Api.ToString() }),
                    HealthCheck = new HealthCheckConfig
                    {
                        Active = new ActiveHealthCheckConfig { Enabled = true, Interval = AskEvery, Timeout = TimeSpan.FromSeconds(4), Path = "/health/ready", Policy = "ConsecutiveFailures" },
                        Passive = new PassiveHealthCheckConfig { Enabled = true, Policy = "TransportFailureRate", ReactivationPeriod = TimeSpan.FromSeconds(2) },
                    },
                    Metadata = new Dictionary<string, string> { ["ConsecutiveFailuresHealthPolicy.Threshold"] = "1" },
                },
            ]);
        var app = builder.Build();
        app.MapReverseProxy();
        await app.StartAsync(ct);
        return new LoadBalancer(app, address);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
