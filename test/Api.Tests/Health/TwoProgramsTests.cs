using System.Net;

namespace RechargeGrains.Api.Tests.Health;

/// <summary>A silo alone, and an Api that is its client.</summary>
public sealed class TwoProgramsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-two-").FullName;

    [Fact]
    public async Task A_silo_alone_is_monitored_at_its_own_address_and_listens_nowhere_else()
    {
        var elsewhere = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var settings = Silo();
        settings.Environment["ASPNETCORE_URLS"] = elsewhere.ToString();
        await using var silo = await ProductProcess.StartAsync(settings, TestContext.Current.CancellationToken);
        using var http = new HttpClient();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, new Uri(silo.Address, "/health/live")));
        Assert.Contains("orleans_grains", await http.GetStringAsync(new Uri(silo.Address, "/metrics"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(http, new Uri(silo.Address, "/api/v1/tenants")));
        await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync(http, elsewhere));
        Assert.Equal(0, await silo.StopAsync());
    }

    [Fact]
    public async Task A_client_is_ready_while_a_silo_answers()
    {
        var stopping = TestContext.Current.CancellationToken;
        var settings = Silo();
        await using var silo = await ProductProcess.StartAsync(settings, stopping);
        var client = new ProductSettings { Folder = Path.Combine(_folder, "api"), RechargeUrl = Nowhere, OmetriaUrl = Nowhere, GatewayPort = settings.GatewayPort };
        client.Environment["Hosting__EmbeddedSilo"] = "false";
        await using var api = await ProductProcess.StartAsync(client, stopping);
        using var http = new HttpClient();

        await silo.KillAsync();

        var reason = "";
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (reason.Length == 0 && await pace.WaitForNextTickAsync(stopping))
        {
            using var answer = await http.GetAsync(new Uri(api.Address, "/health/ready"), stopping);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                reason = await answer.Content.ReadAsStringAsync(stopping);
        }

        var problem = JsonNode.Parse(reason)!;
        Assert.Equal(("not_ready", "store"), ((string?)problem["code"], (string?)problem["reason"]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, new Uri(api.Address, "/health/live")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private const string Nowhere = "http://127.0.0.1:9";

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, Uri address)
    {
        using var answer = await http.GetAsync(address, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private ProductSettings Silo()
    {
        var settings = new ProductSettings { Folder = Path.Combine(_folder, "silo"), RechargeUrl = Nowhere, OmetriaUrl = Nowhere, Program = "RechargeGrains.Silo.dll" };
        settings.Environment["PublicUrl"] = "https://hooks.example.test";
        settings.Environment["Hosting__MonitorUrl"] = settings.Url;
        return settings;
    }
}
