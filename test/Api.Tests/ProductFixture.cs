namespace RechargeGrains.Api.Tests;

/// <summary>
/// The product as a process beside a sandbox, for all tests of a class. Each test makes a tenant with keys of its own, so that tests
/// do not see each other.
/// </summary>
public class ProductFixture : IAsyncLifetime
{
    private const string FirstTenant = "tenant-1";

    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-api-").FullName;
    private int _tenants;

    public SandboxHost Sandbox { get; private set; } = null!;

    public ProductProcess Product { get; private set; } = null!;

    /// <summary>With the operator's token of the settings.</summary>
    public TestClient Operator { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // The first tenant has the sandbox's own keys: a proof looks at their account.
        var options = new SandboxOptions
        {
            Customers = 0,
            RechargeToken = TestTenant.RechargeTokenOf(FirstTenant),
            ClientSecret = TestTenant.ClientSecretOf(FirstTenant),
            OmetriaApiKey = TestTenant.OmetriaKeyOf(FirstTenant),
        };
        Configure(options);
        Sandbox = await SandboxHost.StartAsync(options);
        var settings = new ProductSettings { Folder = _folder, RechargeUrl = Sandbox.RechargeUrl, OmetriaUrl = Sandbox.OmetriaUrl };
        Configure(settings);
        await PrepareSettingsAsync(settings);
        Product = await ProductProcess.StartAsync(settings);
        Operator = new TestClient(Product.Address, settings.OperatorToken);
        await PrepareAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        Operator?.Dispose();
        if (Product is not null)
            await Product.DisposeAsync();
        if (Sandbox is not null)
            await Sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends the product without warning and starts it again on what it left, with settings changed in between if wanted.</summary>
    public async Task KillAndStartAsync(Action<ProductSettings>? between = null)
    {
        await KillAsync();
        between?.Invoke(Product.Settings);
        await StartAsync();
    }

    public Task KillAsync() => Product.KillAsync();

    /// <summary>Starts the product again after a kill.</summary>
    public async Task StartAsync()
    {
        var killed = Product;
        Product = await ProductProcess.StartAsync(killed.Settings);
        await killed.DisposeAsync();
    }

    /// <summary>Makes a tenant with everything enabled, and keys at both services that nobody else uses.</summary>
    public async Task<TestTenant> AddTenantAsync(bool recharge = true, string[]? customEvents = null)
    {
        var number = Interlocked.Increment(ref _tenants);
        return await TestTenant.CreateAsync(this, $"tenant-{number}", recharge, customEvents ?? ProductSetup.AllEvents);
    }

    /// <summary>Makes a tenant whose connection has finished its first import.</summary>
    public async Task<TestConnection> AddConnectionAsync(string customersStartDate = "2000-01-01", object? more = null)
    {
        var tenant = await AddTenantAsync();
        var connection = await tenant.ConnectAsync(customersStartDate, more);
        await connection.WaitForAsync(status => (string?)status["state"] == "active");
        return connection;
    }

    protected virtual void Configure(SandboxOptions options)
    {
    }

    protected virtual void Configure(ProductSettings settings)
    {
    }

    /// <summary>For settings that are known only once something was started.</summary>
    protected virtual Task PrepareSettingsAsync(ProductSettings settings) => Task.CompletedTask;

    protected virtual Task PrepareAsync() => Task.CompletedTask;
}
