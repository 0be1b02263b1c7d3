using System.Net.Http.Headers;

namespace RechargeGrains.Api.Tests.Hostile;

/// <summary>One connection that everything hostile is thrown at.</summary>
public sealed class HostileFixture : ProductFixture
{
    private readonly HttpClient _http = new() { Timeout = Patience.Short };

    public TestConnection Connection { get; private set; } = null!;

    /// <summary>Address of the connection's webhooks, without a topic.</summary>
    public string Hook { get; private set; } = null!;

    /// <summary>Without a token, as Recharge has none.</summary>
    public HttpClient Http => _http;

    /// <summary>Posts a signed body to a topic and answers the status.</summary>
    public async Task<int> PostHookAsync(string topic, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Hook}/{topic}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Signed.Both(Connection.Tenant.ClientSecret).Sign(request, body);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    /// <summary>
    /// Holds that nothing is broken: what is known of the connection and of these customers can be read, and a true webhook still reaches
    /// Ometria.
    /// </summary>
    public async Task AssertWellAsync(params IEnumerable<long> customers)
    {
        Assert.False(Product.HasExited);
        var client = Connection.Tenant.Administrator;
        foreach (var path in new[] { Connection.Path, $"{Connection.Tenant.Path}/connections", $"{Connection.Path}/deliveries", $"{Connection.Path}/set-aside", Connection.Tenant.Path, $"{Connection.Tenant.Path}/accounts" })
            Assert.NotNull((await client.GetAsync(path)).Expect(200).Body);
        Assert.NotNull((await Operator.GetAsync("/api/v1/tenants")).Expect(200).Body);
        foreach (var customer in customers)
            Assert.NotNull((await client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"{Connection.Path}/customers?rechargeId={customer}"))).Expect(200).Body!["customers"]);

        var id = HookBody.NewId();
        Assert.Equal(200, await PostHookAsync("subscription/created", Encoding.UTF8.GetBytes(HookBody.Created(id, DateTimeOffset.UtcNow))));
        Assert.Equal(HookBody.EmailOf(id), Assert.Single(await Connection.WaitForEventsOfAsync(id, 1)).IdentityEmail);
    }

    /// <summary>What is thrown at the API is not to be answered by its limits alone.</summary>
    protected override void Configure(ProductSettings settings) => settings.Environment["Limits__ApiCallsPerSecond"] = "10000";

    protected override async Task PrepareAsync()
    {
        Connection = await AddConnectionAsync();
        var registration = Connection.Registrations[0];
        Hook = registration.Address[..^(registration.Topic.Length + 1)];
    }
}
