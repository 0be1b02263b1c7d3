namespace RechargeGrains.Api.Tests;

/// <summary>A tenant of one test, with a Recharge token and an Ometria account of its own.</summary>
public sealed class TestTenant
{
    private readonly ProductFixture _fixture;

    private TestTenant(ProductFixture fixture, string id, TestClient administrator)
    {
        _fixture = fixture;
        Id = id;
        Administrator = administrator;
        RechargeToken = RechargeTokenOf(id);
        ClientSecret = ClientSecretOf(id);
        OmetriaKey = OmetriaKeyOf(id);
        if (Sandbox.Options.OmetriaApiKey == OmetriaKey)
        {
            Ometria = Sandbox.Ometria;
            return;
        }

        Sandbox.Tokens.Add(RechargeToken, ClientSecret);
        Ometria = Sandbox.OmetriaAccounts.AddAccount(id, OmetriaKey);
    }

    public string Id { get; }

    public string Path => $"/api/v1/tenants/{Id}";

    public TestClient Administrator { get; }

    public string RechargeToken { get; }

    public string ClientSecret { get; }

    public string OmetriaKey { get; }

    /// <summary>What this tenant's Ometria account holds.</summary>
    public OmetriaHoldings Ometria { get; }

    public SandboxHost Sandbox => _fixture.Sandbox;

    public static string RechargeTokenOf(string id) => $"sk_{id}_recharge_token_Rt77";

    public static string ClientSecretOf(string id) => $"{id}_client_secret_Cs88";

    public static string OmetriaKeyOf(string id) => $"{id}_ometria_key_Ok99";

    public static async Task<TestTenant> CreateAsync(ProductFixture fixture, string id, bool recharge, string[] customEvents)
    {
        (await fixture.Operator.PostAsync("/api/v1/tenants", new { tenantId = id, name = $"Retailer {id}" })).Expect(201);
        (await fixture.Operator.PutAsync($"/api/v1/tenants/{id}/enablement", new { recharge, customEvents })).Expect(200);
        var token = (await fixture.Operator.PostAsync($"/api/v1/tenants/{id}/tokens", new { name = "Ada", role = "administrator" })).Expect(201).Field("token");
        return new TestTenant(fixture, id, new TestClient(fixture.Product.Address, token));
    }

    public async Task<TestClient> AddMemberAsync()
    {
        var token = (await Administrator.PostAsync($"{Path}/tokens", new { name = "Max", role = "member" })).Expect(201).Field("token");
        return new TestClient(_fixture.Product.Address, token);
    }

    public Task<ProductAnswer> AddOmetriaAsync(string? apiKey = null, string name = "Main") =>
        Administrator.PostAsync($"{Path}/accounts", new { kind = "ometria", name, apiKey = apiKey ?? OmetriaKey });

    public Task<ProductAnswer> AddRechargeAsync(string? apiKey = null, string name = "Store", bool withSecret = true) =>
        Administrator.PostAsync(
            $"{Path}/accounts", new { kind = "recharge", name, apiKey = apiKey ?? RechargeToken, clientSecret = withSecret ? ClientSecret : null });

    /// <summary>Adds both accounts and connects them.</summary>
    /// <param name="customersStartDate">Start of the first import.</param>
    /// <param name="more">Further fields of the request.</param>
    /// <param name="withSecret">Whether the product learns the client secret.</param>
    public async Task<TestConnection> ConnectAsync(string customersStartDate = "2000-01-01", object? more = null, bool withSecret = true)
    {
        var ometria = (await AddOmetriaAsync()).Expect(201).Field("accountId")!;
        var recharge = (await AddRechargeAsync(withSecret: withSecret)).Expect(201).Field("accountId")!;
        var connection = (await PostConnectionAsync(ometria, recharge, customersStartDate, more)).Expect(201);
        return new TestConnection(this, connection.Field("connectionId")!, ometria, recharge);
    }

    public Task<ProductAnswer> PostConnectionAsync(string ometriaAccountId, string rechargeAccountId, string customersStartDate = "2000-01-01", object? more = null)
    {
        var request = JsonSerializer.SerializeToNode(new { ometriaAccountId, rechargeAccountId, customersStartDate })!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(more ?? new { })!.AsObject())
            request[name] = value?.DeepClone();
        return Administrator.PostAsync($"{Path}/connections", request);
    }
}
