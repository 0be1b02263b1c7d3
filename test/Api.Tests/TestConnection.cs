using System.Net.Http.Headers;

namespace RechargeGrains.Api.Tests;

/// <summary>A connection of one test.</summary>
public sealed class TestConnection(TestTenant tenant, string id, string ometriaAccountId, string rechargeAccountId)
{
    private string? _hookAddress;

    public TestTenant Tenant => tenant;

    public string Id => id;

    public string OmetriaAccountId => ometriaAccountId;

    public string RechargeAccountId => rechargeAccountId;

    public string Path => $"{tenant.Path}/connections/{id}";

    public OmetriaHoldings Ometria => tenant.Ometria;

    /// <summary>Registrations at Recharge that carry the connection's hook key.</summary>
    public IReadOnlyList<WebhookRegistration> Registrations =>
        [.. tenant.Sandbox.Webhooks.Registrations.Where(registration => registration.Token.ClientSecret == tenant.ClientSecret)];

    /// <summary>The address that all topics stand below; it is the same whichever token registers it.</summary>
    public string HookAddress => _hookAddress ??= Registrations[0].Address[..^(Registrations[0].Topic.Length + 1)];

    public Task<JsonNode> WaitForAsync(Func<JsonNode, bool> until) =>
        tenant.Administrator.WaitForAsync(Path, until);

    public async Task<JsonNode> StatusAsync() => (await tenant.Administrator.GetAsync(Path)).Expect(200).Body!;

    public async Task ActAsync(string action) => (await tenant.Administrator.PostAsync($"{Path}/{action}")).Expect(202);

    /// <summary>Runs the daily sync and waits for its end.</summary>
    public async Task SyncAsync()
    {
        var before = (string?)(await StatusAsync())["lastDailySync"]?["startedAt"];
        await ActAsync("sync");
        await WaitForAsync(status => status["lastDailySync"] is { } run && (string?)run["startedAt"] != before && run["finishedAt"] is not null);
    }

    /// <summary>Posts a body to the address of a topic as Recharge would, signed in both ways unless told otherwise.</summary>
    /// <param name="topic">For instance <c>subscription/created</c>.</param>
    /// <param name="body">The bytes.</param>
    /// <param name="signed">Which signatures it carries.</param>
    /// <param name="chunked">Without a Content-Length.</param>
    public async Task<int> PostHookAsync(string topic, byte[] body, Signed? signed = null, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{HookAddress}/{topic}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (chunked)
            request.Headers.TransferEncodingChunked = true;
        (signed ?? Signed.Both(tenant.ClientSecret)).Sign(request, body);
        // Without the administrator's token, as Recharge has none.
        using var http = new HttpClient { Timeout = Patience.Short };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (int)answer.StatusCode;
    }

    public Task<int> PostHookAsync(string topic, string body, Signed? signed = null) => PostHookAsync(topic, Encoding.UTF8.GetBytes(body), signed);

    /// <summary>Waits until so many events of the subscription are at Ometria, and answers them in the order they came.</summary>
    public async Task<IReadOnlyList<AcceptedEvent>> WaitForEventsOfAsync(long subscriptionId, int count)
    {
        var wanted = subscriptionId.ToString(CultureInfo.InvariantCulture);
        bool IsWanted(AcceptedEvent told) => told.Text("subscription_id") == wanted;
        var events = await Ometria.WaitForEventsAsync(
            all => all.Count(IsWanted) >= count, Patience.Long, TestContext.Current.CancellationToken);
        return [.. events.Where(IsWanted)];
    }
}
