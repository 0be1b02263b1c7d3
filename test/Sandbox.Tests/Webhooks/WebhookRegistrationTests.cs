using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RechargeGrains.Sandbox.Tests;

public sealed class WebhookRegistrationTests : SandboxTest
{
    private static readonly Uri Address = new("http://127.0.0.1:9/hooks");

    [Fact]
    public async Task The_same_topic_and_address_again_is_refused_with_the_old_id_at_the_end()
    {
        var host = await StartAsync();
        using var first = await RegisterAsync(host, "charge/upcoming", Address);
        var id = (await first.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("webhook").GetProperty("id").GetInt64();

        using var second = await RegisterAsync(host, "charge/upcoming", Address);

        Assert.Equal(422, (int)second.StatusCode);
        var text = (await second.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("errors").GetProperty("duplicate")[0].GetString();
        Assert.EndsWith(id.ToString(System.Globalization.CultureInfo.InvariantCulture), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_sees_and_touches_only_its_own()
    {
        var host = await StartAsync();
        host.Tokens.Add("other", "other-secret");
        using var made = await RegisterAsync(host, "charge/upcoming", Address);
        var id = host.Webhooks.Registrations.Single().Id;

        using var list = await SendAsync(host, HttpMethod.Get, "/webhooks", token: "other");
        using var delete = await SendAsync(host, HttpMethod.Delete, $"/webhooks/{id}", token: "other");

        Assert.Equal(0, (await list.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("webhooks").GetArrayLength());
        Assert.Equal(404, (int)delete.StatusCode);
        using var own = await SendAsync(host, HttpMethod.Delete, $"/webhooks/{id}");
        Assert.Equal(204, (int)own.StatusCode);
        Assert.Empty(host.Webhooks.Registrations);
    }

    [Fact]
    public async Task It_can_be_read_changed_and_tested()
    {
        var host = await StartAsync();
        var receiver = await StartReceiverAsync();
        using var made = await RegisterAsync(host, "subscription/created", Address, "customer");
        var path = $"/webhooks/{host.Webhooks.Registrations.Single().Id}";

        using var changed = await SendAsync(host, HttpMethod.Put, path, new JsonObject { ["address"] = receiver.Url.ToString() });
        var webhook = (await GetAsync(host, path)).GetProperty("webhook");
        using var test = await SendAsync(host, HttpMethod.Post, path + "/test");
        await host.Webhooks.DrainAsync(Patience, Ct);

        Assert.Equal(receiver.Url.ToString(), webhook.GetProperty("address").GetString());
        Assert.Equal("customer", webhook.GetProperty("included_objects")[0].GetString());
        Assert.Single(receiver.Received);
    }

    [Theory]
    [InlineData("""{"topic":"charge/upcoming"}""", 422, "address")]
    [InlineData("""{"address":"http://127.0.0.1:9/x"}""", 422, "topic")]
    [InlineData("""{"address":"http://127.0.0.1:9/x","topic":"subscription/expired"}""", 422, "topic")]
    [InlineData("""{"address":"http://127.0.0.1:9/x","topic":"subscription/created","included_objects":["orders"]}""", 422, "included_objects")]
    [InlineData("""["not an object"]""", 415, "error")]
    public async Task What_is_wrong_is_named(string body, int status, string field)
    {
        var host = await StartAsync();

        using var response = await SendAsync(host, HttpMethod.Post, "/webhooks", JsonNode.Parse(body));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains($"\"{field}\"", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_topic_needs_the_scope_of_its_object()
    {
        var host = await StartAsync(options => options.RechargeScopes = [ScopeNames.Customers]);

        using var refused = await RegisterAsync(host, "charge/upcoming", Address);
        using var taken = await RegisterAsync(host, "customer/updated", Address);

        Assert.Equal((403, 201), ((int)refused.StatusCode, (int)taken.StatusCode));
    }

    [Fact]
    public async Task A_topic_takes_ten_addresses_and_no_more()
    {
        var host = await StartAsync();
        var statuses = new List<int>();
        for (var i = 0; i < 11; i++)
        {
            using var response = await RegisterAsync(host, "charge/upcoming", new Uri($"http://127.0.0.1:9/{i}"));
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(201, 10), 422], statuses);
    }
}
