namespace RechargeGrains.Api.Tests.Dashboard;

/// <summary>Who sees the Orleans Dashboard, and what they cannot see there.</summary>
public sealed class DashboardTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Theory]
    [InlineData("/dashboard/", 200)]
    [InlineData("/dashboard/index.min.js", 200)]
    [InlineData("/dashboard/DashboardCounters", 200)]
    [InlineData("/dashboard/ClusterStats", 200)]
    [InlineData("/dashboard/GrainTypes", 200)]
    [InlineData("/dashboard/GrainState?grainId=all&grainType=rg-key-ring", 404)]
    [InlineData("/dashboard/grainstate?grainId=all&grainType=rg-key-ring", 404)]
    [InlineData("/dashboard/Reminders", 404)]
    [InlineData("/dashboard/Reminders/1", 404)]
    [InlineData("/dashboard/Trace", 404)]
    public async Task Operators_see_how_grains_fare_and_nobody_sees_into_one(string path, int status)
    {
        var tenant = await fixture.AddTenantAsync();
        using var nobody = new TestClient(fixture.Product.Address, null);

        Assert.Equal(status, await StatusAsync(fixture.Operator, path));
        Assert.Equal(404, await StatusAsync(tenant.Administrator, path));
        Assert.Equal(401, await StatusAsync(nobody, path));
    }

    [Fact]
    public async Task A_silos_own_counters_are_shown()
    {
        // The dashboard looks every few seconds.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        List<string?> names = [];
        while (names.Count == 0 && await pace.WaitForNextTickAsync(patience.Token))
        {
            using var overview = await ReadAsync("DashboardCounters", patience.Token);
            if (overview.RootElement.GetProperty("hosts").EnumerateArray().Select(host => host.GetProperty("siloAddress").GetString()).FirstOrDefault() is not { } silo)
                continue;
            using var counters = await ReadAsync($"SiloCounters/{silo}", patience.Token);
            names = [.. counters.RootElement.EnumerateArray().Select(counter => counter.GetProperty("name").GetString())];
        }

        Assert.Contains("orleans-catalog-activations", names);
    }

    private async Task<JsonDocument> ReadAsync(string what, CancellationToken ct) =>
        JsonDocument.Parse(await fixture.Operator.Http.GetStringAsync(new Uri($"/dashboard/{what}", UriKind.Relative), ct));

    private static async Task<int> StatusAsync(TestClient client, string path)
    {
        using var answer = await client.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }
}
