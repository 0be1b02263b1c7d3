namespace RechargeGrains.Sandbox;

/// <summary>Walks the set-up of a connection, as an operator and a retailer's administrator do.</summary>
public sealed class ProductSetup
{
    public static readonly string[] AllEvents = ["subscription_created", "subscription_cancelled", "subscription_activated", "upcoming_charge"];

    private ProductSetup(ProductClient administrator, string tenantId, string connectionId)
    {
        Administrator = administrator;
        TenantId = tenantId;
        ConnectionId = connectionId;
    }

    /// <summary>With the token of the tenant's administrator. Whoever set up disposes of it.</summary>
    public ProductClient Administrator { get; }

    public string TenantId { get; }

    public string ConnectionId { get; }

    public string ConnectionPath => $"/api/v1/tenants/{TenantId}/connections/{ConnectionId}";

    /// <summary>Makes a tenant with a connection between the sandbox's two accounts.</summary>
    /// <param name="product">The product.</param>
    /// <param name="sandbox">Both services.</param>
    /// <param name="customersStartDate">Start of the first import.</param>
    /// <param name="step">Told of each step.</param>
    /// <param name="tenantId">Name of the tenant.</param>
    /// <param name="customEvents">The events of the connection; null for all that are enabled.</param>
    /// <param name="keys">Keys at both services; null for those of the sandbox's options.</param>
    public static Task<ProductSetup> ConnectAsync(
        ProductProcess product, SandboxHost sandbox, string customersStartDate = "2000-01-01", Action<string>? step = null, string tenantId = "acme",
        string[]? customEvents = null, ServiceKeys? keys = null)
    {
        ArgumentNullException.ThrowIfNull(product);
        return ConnectAsync(product.Address, product.Settings.OperatorToken, sandbox, customersStartDate, step, tenantId, customEvents, keys);
    }

    /// <summary>The same with a cluster.</summary>
    public static Task<ProductSetup> ConnectAsync(
        ProductCluster cluster, SandboxHost sandbox, string tenantId = "acme", string[]? customEvents = null, ServiceKeys? keys = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return ConnectAsync(cluster.Address, cluster.OperatorToken, sandbox, tenantId: tenantId, customEvents: customEvents, keys: keys);
    }

    /// <summary>The same with a product that is no process of its own.</summary>
    internal static async Task<ProductSetup> ConnectAsync(
        Uri address, string operatorToken, SandboxHost sandbox, string customersStartDate = "2000-01-01", Action<string>? step = null,
        string tenantId = "acme", string[]? customEvents = null, ServiceKeys? keys = null)
    {
        keys ??= new ServiceKeys(sandbox.Options.OmetriaApiKey, sandbox.Options.RechargeToken, sandbox.Options.ClientSecret);
        using var staff = new ProductClient(address, operatorToken);
        (await staff.PostAsync("/api/v1/tenants", new { tenantId, name = "Acme" })).Expect(201);
        step?.Invoke("Staff made the tenant 'Acme'");
        var tenant = $"/api/v1/tenants/{tenantId}";
        (await staff.PutAsync($"{tenant}/enablement", new { recharge = true, customEvents = AllEvents })).Expect(200);
        step?.Invoke("Staff enabled Recharge and all four events");
        var token = (await staff.PostAsync($"{tenant}/tokens", new { name = "Sandbox", role = "administrator" })).Expect(201).Field("token")!;

        var administrator = new ProductClient(address, token);
        var ometria = (await administrator.PostAsync(
            $"{tenant}/accounts", new { kind = "ometria", name = "Main", apiKey = keys.OmetriaKey })).Expect(201);
        step?.Invoke("Ometria's API key was checked and stored");
        var recharge = (await administrator.PostAsync(
            $"{tenant}/accounts",
            new { kind = "recharge", name = "Store", apiKey = keys.RechargeToken, clientSecret = keys.ClientSecret })).Expect(201);
        step?.Invoke($"Recharge's API key was checked and stored: {recharge.Body!["store"]!["name"]}, {recharge.Body["store"]!["domain"]}");
        var connection = (await administrator.PostAsync(
            $"{tenant}/connections",
            new { ometriaAccountId = ometria.Field("accountId"), rechargeAccountId = recharge.Field("accountId"), customersStartDate, customEvents })).Expect(201);
        step?.Invoke($"Connected, customers from {customersStartDate} on");
        return new ProductSetup(administrator, tenantId, connection.Field("connectionId")!);
    }

    /// <summary>Waits until the first import is done and the connection works.</summary>
    public Task<JsonNode> WaitUntilActiveAsync(TimeSpan timeout) => WaitForStatusAsync(status => (string?)status["state"] == "active", timeout);

    public Task<JsonNode> WaitForStatusAsync(Func<JsonNode, bool> until, TimeSpan timeout) => Administrator.WaitForAsync(ConnectionPath, until, timeout);

    public async Task<JsonNode> StatusAsync() => (await Administrator.GetAsync(ConnectionPath)).Expect(200).Body!;
}
