using RechargeGrains.Benchmarks.Load;

namespace RechargeGrains.Benchmarks.Product;

/// <summary>A retailer with accounts of its own and a connection between them.</summary>
/// <param name="Hook">Where its webhooks go.</param>
/// <param name="ConnectionPath">Where the API tells of the connection.</param>
internal sealed record Retailer(Hook Hook, string ConnectionPath)
{
    private const int ConnectedAtOnce = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Connects retailers whose stores are empty, and waits until all of them work.</summary>
    /// <param name="sandbox">Recharge's side.</param>
    /// <param name="retailers">How many.</param>
    /// <param name="connect">Sets one up, given its tenant's name and its keys.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<IReadOnlyList<Retailer>> ConnectAsync(SandboxHost sandbox, int retailers, Func<string, ServiceKeys, Task<ProductSetup>> connect, CancellationToken ct)
    {
        var connected = new Retailer[retailers];
        await Parallel.ForAsync(
            0, retailers, new ParallelOptions { MaxDegreeOfParallelism = ConnectedAtOnce, CancellationToken = ct },
            async (number, _) => connected[number] = await ConnectAsync(sandbox, number, connect));
        return connected;
    }

    private static async Task<Retailer> ConnectAsync(SandboxHost sandbox, int number, Func<string, ServiceKeys, Task<ProductSetup>> connect)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"retailer-{number}");
        var keys = new ServiceKeys($"{name}_ometria_key", $"sk_{name}_recharge_token", $"{name}_client_secret");
        var token = sandbox.Tokens.Add(keys.RechargeToken, keys.ClientSecret);
        var connection = await connect(name, keys);
        await connection.WaitUntilActiveAsync(Patience);
        connection.Administrator.Dispose();
        var webhook = sandbox.Webhooks.Registrations.First(registered => registered.Token == token && registered.Topic == "subscription/created");
        return new Retailer(new Hook(new Uri(webhook.Address), keys.ClientSecret), connection.ConnectionPath);
    }
}
