using System.Net;
using System.Net.Sockets;

namespace RechargeGrains.Api.Tests;

/// <summary>A wrong or missing setting stops the start with one line that names the key.</summary>
public sealed class ApiHostSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-settings-").FullName;

    [Theory]
    [InlineData("Storage:Provider", "Oracle")]
    [InlineData("Storage:ConnectionString", "neither a file nor a server")]
    [InlineData("Cluster:SiloPort", "70000")]
    [InlineData("Cluster:SiloPort", "eleven")]
    [InlineData("Cluster:GatewayPort", "0")]
    [InlineData("Cluster:ListenAddress", "everywhere")]
    [InlineData("Cluster:ListenAddress", "0.0.0.0")]
    [InlineData("Schedule:DailySyncUtc", "25:00")]
    [InlineData("Schedule:DailySyncUtc", "6 o'clock")]
    [InlineData("Schedule:UpcomingChargeDays", "0")]
    [InlineData("Schedule:UpcomingChargeDays", "soon")]
    [InlineData("Schedule:UpcomingChargeEvery", "hourly")]
    [InlineData("Security:MasterKey", "too short")]
    [InlineData("Ometria:BaseUrl", "api.ometria.com")]
    [InlineData("Ometria:PushesPerSecond", "0")]
    [InlineData("Recharge:BaseUrl", "ftp://api.rechargeapps.com")]
    [InlineData("PublicUrl", "hooks.example.test")]
    [InlineData("Limits:MaxConnections", "0")]
    [InlineData("Limits:ApiCallsPerSecond", "many")]
    [InlineData("Quotas:Backlog", "0")]
    [InlineData("Outbound:Proxy", "proxy.example.test")]
    [InlineData("Webhooks:MaxBodyBytes", "-1")]
    [InlineData("Webhooks:MaxBodyBytes", "one megabyte")]
    [InlineData("Hosting:EmbeddedSilo", "perhaps")]
    [InlineData("Hosting:TrustedProxies", "proxy.example.test")]
    [InlineData("Hosting:MonitorUrl", "8081")]
    [InlineData("Hosting:MonitorUrl", "https://0.0.0.0:8081")]
    [InlineData("Hosting:MonitorUrl", "http://0.0.0.0:8081/health")]
    [InlineData("Telemetry:TraceRatio", "1.5")]
    [InlineData("Telemetry:TraceRatio", "some")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")]
    [InlineData("SignIn:Local", "false")]
    [InlineData("SignIn:CheckSessionsEvery", "00:00:00")]
    [InlineData("SignIn:OpenIdConnect:Authority", "id.example.test")]
    [InlineData("SignIn:OpenIdConnect:Authority", "http://id.example.test")]
    public async Task A_wrong_setting_ends_the_start_with_one_line_that_names_it(string key, string value)
    {
        var settings = Settings();
        settings.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;

        await AssertRefusedAsync(settings, key);
    }

    [Fact]
    public async Task A_provider_needs_the_id_that_it_gave_to_this_service_and_addresses_of_operators()
    {
        var settings = Settings();
        settings.Environment["SignIn__OpenIdConnect__Authority"] = "https://id.example.test";
        await AssertRefusedAsync(settings, "SignIn:OpenIdConnect:ClientId");

        settings.Environment["SignIn__OpenIdConnect__ClientId"] = "recharge-grains";
        settings.Environment["SignIn__OpenIdConnect__Operators__0"] = "olga";
        await AssertRefusedAsync(settings, "SignIn:OpenIdConnect:Operators");
    }

    [Fact]
    public async Task In_production_the_master_key_is_needed()
    {
        var settings = Settings();
        settings.Environment["DOTNET_ENVIRONMENT"] = "Production";

        await AssertRefusedAsync(settings, "Security:MasterKey");
    }

    [Theory]
    [InlineData("Recharge:BaseUrl", "true")]
    [InlineData("Ometria:BaseUrl", "true")]
    [InlineData("PublicUrl", "true")]
    [InlineData("PublicUrl", "false")]
    public async Task In_production_plain_http_goes_to_this_machine_alone_unless_the_operator_wants_it(string key, string isEmbedded)
    {
        var settings = Settings();
        settings.Environment["DOTNET_ENVIRONMENT"] = "Production";
        settings.Environment["Hosting__EmbeddedSilo"] = isEmbedded;
        settings.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = "http://service.example.test";
        await AssertRefusedAsync(settings, $"{key} is 'http://service.example.test/'");

        // The next thing that is wrong is told instead, so this no longer is.
        settings.Environment["Security__AllowHttp"] = "true";
        settings.Environment["Hosting__EmbeddedSilo"] = "true";
        await AssertRefusedAsync(settings, "Security:MasterKey");
    }

    [Fact]
    public async Task A_port_that_is_in_use_ends_the_start_with_one_line_that_names_it()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var settings = new ProductSettings { Folder = _folder, RechargeUrl = "http://127.0.0.1:9", OmetriaUrl = "http://127.0.0.1:9", Url = $"http://127.0.0.1:{port}" };

        await AssertRefusedAsync(settings, "ASPNETCORE_URLS");
    }

    [Fact]
    public async Task A_monitor_address_that_is_in_use_ends_the_start_with_one_line_that_names_its_key()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var settings = Settings();
        settings.Environment["Hosting__MonitorUrl"] = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";

        await AssertRefusedAsync(settings, "Hosting:MonitorUrl");
    }

    [Theory]
    [InlineData("Cluster:SiloPort")]
    [InlineData("Cluster:GatewayPort")]
    public async Task A_cluster_port_that_is_in_use_ends_the_start_with_one_line_that_names_its_key(string key)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var settings = Settings();
        settings.Environment[key.Replace(":", "__", StringComparison.Ordinal)] =
            ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        await AssertRefusedAsync(settings, key);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task AssertRefusedAsync(ProductSettings settings, string named)
    {
        var (exitCode, _, error) = await ProductProcess.RunToEndAsync(settings, TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(named, line, StringComparison.Ordinal);
    }

    private ProductSettings Settings() => new() { Folder = _folder, RechargeUrl = "http://127.0.0.1:9", OmetriaUrl = "http://127.0.0.1:9" };
}
