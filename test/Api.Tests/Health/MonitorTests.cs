namespace RechargeGrains.Api.Tests.Health;

/// <summary>What those see who watch the program, and what others do not see.</summary>
public sealed class MonitorTests(MonitorTests.Fixture fixture) : IClassFixture<MonitorTests.Fixture>
{
    [Theory]
    [InlineData("/health/live", 200)]
    [InlineData("/health/ready", 200)]
    [InlineData("/metrics", 200)]
    [InlineData("/", 404)]
    [InlineData("/sign-in", 404)]
    [InlineData("/dashboard/", 404)]
    [InlineData("/api/v1/tenants", 404)]
    [InlineData("/openapi/v1.json", 404)]
    public async Task The_monitors_address_has_health_and_metrics_and_nothing_else(string path, int status)
    {
        using var http = new HttpClient { BaseAddress = fixture.Monitor };

        Assert.Equal(status, await StatusAsync(http, path, token: fixture.Operator.Token));
    }

    [Theory]
    [InlineData(null, null, 200)]
    [InlineData("X-Forwarded-For", null, 404)]
    [InlineData("Forwarded", null, 404)]
    [InlineData("X-Forwarded-For", "sandbox-operator-token", 200)]
    [InlineData("X-Forwarded-For", "wrong", 404)]
    public async Task On_the_public_port_metrics_are_for_callers_from_this_machine_and_for_operators(string? header, string? token, int status)
    {
        using var http = new HttpClient { BaseAddress = fixture.Product.Address };

        Assert.Equal(status, await StatusAsync(http, "/metrics", header, token));
    }

    [Fact]
    public async Task An_administrator_of_a_tenant_sees_no_metrics()
    {
        var tenant = await fixture.AddTenantAsync();
        using var http = new HttpClient { BaseAddress = fixture.Product.Address };

        Assert.Equal(404, await StatusAsync(http, "/metrics", "X-Forwarded-For", tenant.Administrator.Token));
    }

    private static async Task<int> StatusAsync(HttpClient http, string path, string? header = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (header is not null)
            request.Headers.TryAddWithoutValidation(header, "for=203.0.113.7");
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    public sealed class Fixture : ProductFixture
    {
        public Uri Monitor { get; } = new($"http://127.0.0.1:{FreePort.Next()}");

        protected override void Configure(ProductSettings settings) => settings.Environment["Hosting__MonitorUrl"] = Monitor.ToString();
    }
}
