using System.Net.Http.Json;
using System.Text.Json;

namespace RechargeGrains.Sandbox.Tests;

public sealed class GateTests : SandboxTest
{
    [Fact]
    public async Task A_bad_token_is_401_and_the_limit_is_shown_all_the_same()
    {
        var host = await StartAsync();

        using var response = await SendAsync(host, HttpMethod.Get, "/token_information", token: "wrong");

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("""{"error":"bad authentication"}""", await response.Content.ReadAsStringAsync(Ct));
        Assert.Matches(@"^\d+/\d+$", response.Headers.GetValues("x-recharge-limit").Single());
    }

    [Fact]
    public async Task The_bucket_takes_40_calls_and_leaks_2_in_a_second()
    {
        var host = await StartAsync(options => options.BucketSize = 40);
        for (var call = 1; call <= 40; call++)
        {
            using var response = await SendAsync(host, HttpMethod.Get, "/store");
            Assert.Equal($"{call}/40", response.Headers.GetValues("x-recharge-limit").Single());
        }

        Assert.Equal(429, (await RefusedAsync(host, "/store")).Status);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((200, 200, 429), (await StatusAsync(), await StatusAsync(), await StatusAsync()));

        async Task<int> StatusAsync() => (await RefusedAsync(host, "/store")).Status;
    }

    [Fact]
    public async Task Every_token_has_its_own_bucket()
    {
        var host = await StartAsync(options => options.BucketSize = 1);
        host.Tokens.Add("second", "secret");

        using var first = await SendAsync(host, HttpMethod.Get, "/store");
        using var full = await SendAsync(host, HttpMethod.Get, "/store");
        using var other = await SendAsync(host, HttpMethod.Get, "/store", token: "second");

        Assert.Equal((200, 429, 200), ((int)first.StatusCode, (int)full.StatusCode, (int)other.StatusCode));
    }

    [Fact]
    public async Task A_missing_scope_is_403_and_token_information_needs_none()
    {
        var host = await StartAsync(options => options.RechargeScopes = [ScopeNames.Customers]);

        Assert.Equal(403, (await RefusedAsync(host, "/subscriptions")).Status);
        Assert.Equal(200, (await RefusedAsync(host, "/customers")).Status);
        var scopes = (await GetAsync(host, "/token_information")).GetProperty("token_information").GetProperty("scopes");
        Assert.Equal("read_customers", scopes[0].GetString());
    }

    [Fact]
    public async Task A_forgotten_version_header_shows_the_old_shapes()
    {
        var host = await StartAsync();

        var row = (await GetAsync(host, "/subscriptions?limit=1", version: null)).GetProperty("subscriptions")[0];
        using var customers = await SendAsync(host, HttpMethod.Get, "/customers?limit=1", version: null);
        var body = await customers.Content.ReadFromJsonAsync<JsonElement>(Ct);

        Assert.Contains(row.GetProperty("status").GetString(), (string[])["ACTIVE", "CANCELLED", "EXPIRED"]);
        Assert.Equal(JsonValueKind.Number, row.GetProperty("price").ValueKind);
        Assert.DoesNotContain("+", row.GetProperty("created_at").GetString(), StringComparison.Ordinal);
        Assert.False(body.TryGetProperty("next_cursor", out _));
        Assert.Contains("rel=\"next\"", customers.Headers.GetValues("Link").Single(), StringComparison.Ordinal);
        Assert.Equal("2021-01", customers.Headers.GetValues("x-recharge-version").Single());
    }

    [Fact]
    public async Task The_same_instant_is_eastern_wall_time_in_the_old_version()
    {
        var host = await StartAsync();
        var customer = host.Store.AddCustomer();

        var old = (await GetAsync(host, $"/customers/{customer.Id}", "2021-01")).GetProperty("customer").GetProperty("created_at").GetString();
        var now = (await GetAsync(host, $"/customers/{customer.Id}")).GetProperty("customer").GetProperty("created_at").GetString();

        Assert.Equal(("2026-03-09T10:00:00", "2026-03-09T14:00:00+00:00"), (old, now));
    }

    [Fact]
    public async Task An_unknown_version_is_426()
    {
        var host = await StartAsync();

        using var response = await SendAsync(host, HttpMethod.Get, "/store", version: "2022-06");

        Assert.Equal(426, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("/customers/1")]
    [InlineData("/customers/abc")]
    [InlineData("/subscriptions/1")]
    [InlineData("/charges/1")]
    [InlineData("/webhooks/1")]
    [InlineData("/nothing")]
    public async Task What_is_not_there_is_404(string path)
    {
        var host = await StartAsync();

        Assert.Equal((404, """{"errors":"Not Found"}"""), await RefusedAsync(host, path));
    }

    [Fact]
    public async Task The_store_names_its_platform_and_zone()
    {
        var host = await StartAsync(options => (options.Platform, options.TimeZone) = ("big_commerce", "America/Los_Angeles"));

        var store = (await GetAsync(host, "/store")).GetProperty("store");

        Assert.Equal("big_commerce", store.GetProperty("external_platform").GetString());
        Assert.Equal("America/Los_Angeles", store.GetProperty("timezone").GetProperty("iana_name").GetString());
    }
}
