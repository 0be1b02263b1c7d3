using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RechargeGrains.Sandbox.Tests;

/// <summary>Starts a sandbox whose clock stands still, and speaks to it as a well-behaved client would.</summary>
public abstract class SandboxTest : IAsyncDisposable
{
    protected static readonly DateTimeOffset Start = new(2026, 3, 9, 14, 0, 0, TimeSpan.Zero);
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly List<IAsyncDisposable> _things = [];

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected HttpClient Http { get; } = new();

    public async ValueTask DisposeAsync()
    {
        foreach (var thing in Enumerable.Reverse(_things))
            await thing.DisposeAsync();
        Http.Dispose();
        GC.SuppressFinalize(this);
    }

    protected async Task<SandboxHost> StartAsync(Action<SandboxOptions>? configure = null)
    {
        var options = new SandboxOptions { Customers = 20, Now = Start, ClockSpeed = 0, BucketSize = 10_000 };
        configure?.Invoke(options);
        var host = await SandboxHost.StartAsync(options, Ct);
        _things.Add(host);
        return host;
    }

    protected async Task<Receiver> StartReceiverAsync()
    {
        var receiver = await Receiver.StartAsync(Ct);
        _things.Add(receiver);
        return receiver;
    }

    protected Task<HttpResponseMessage> SendAsync(
        SandboxHost host, HttpMethod method, string path, JsonNode? body = null, string? token = null, string? version = "2021-11")
    {
        ArgumentNullException.ThrowIfNull(host);
        var request = new HttpRequestMessage(method, host.RechargeUrl + path);
        request.Headers.Add("X-Recharge-Access-Token", token ?? host.Options.RechargeToken);
        if (version is not null)
            request.Headers.Add("X-Recharge-Version", version);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return Http.SendAsync(request, Ct);
    }

    protected async Task<JsonElement> GetAsync(SandboxHost host, string path, string? version = "2021-11")
    {
        using var response = await SendAsync(host, HttpMethod.Get, path, version: version);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
    }

    protected async Task<(int Status, string Body)> RefusedAsync(SandboxHost host, string path)
    {
        using var response = await SendAsync(host, HttpMethod.Get, path);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    protected async Task<HttpResponseMessage> RegisterAsync(SandboxHost host, string topic, Uri address, params string[] included)
    {
        ArgumentNullException.ThrowIfNull(address);
        return await SendAsync(host, HttpMethod.Post, "/webhooks", new JsonObject
        {
            ["address"] = address.ToString(),
            ["topic"] = topic,
            ["included_objects"] = new JsonArray([.. included.Select(name => JsonValue.Create(name))]),
            ["version"] = "2021-11",
        });
    }

    protected Task<HttpResponseMessage> PushAsync(SandboxHost host, JsonNode body, string? key = null) => PushTextAsync(host, body.ToJsonString(), key);

    protected Task<HttpResponseMessage> PushTextAsync(SandboxHost host, string body, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        var request = new HttpRequestMessage(HttpMethod.Post, host.OmetriaUrl + "/push") { Content = new StringContent(body) };
        request.Headers.Add("X-Ometria-Auth", key ?? host.Options.OmetriaApiKey);
        return Http.SendAsync(request, Ct);
    }

    protected Task<HttpResponseMessage> GetOmetriaAsync(SandboxHost host, string path, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        var request = new HttpRequestMessage(HttpMethod.Get, host.OmetriaUrl + path);
        request.Headers.Add("X-Ometria-Auth", key ?? host.Options.OmetriaApiKey);
        return Http.SendAsync(request, Ct);
    }

    protected static JsonObject Contact(string id, string email = "jo@example.test", int active = 1, int total = 2) => new()
    {
        ["@type"] = "contact",
        ["@collection"] = "recharge",
        ["@merge"] = true,
        ["id"] = id,
        ["email"] = email,
        ["properties"] = new JsonObject { ["total_subscription"] = total, ["active_subscriptions"] = active },
    };

    protected static JsonObject Event(string id, string type = "subscription_created", string email = "jo@example.test") => new()
    {
        ["@type"] = "custom_event",
        ["id"] = id,
        ["event_type"] = type,
        ["timestamp"] = "2026-03-09T14:00:00+00:00",
        ["identity_email"] = email,
        ["properties"] = new JsonObject { ["product_id"] = new JsonArray("7001"), ["price"] = 12.5 },
    };
}
