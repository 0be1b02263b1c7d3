namespace RechargeGrains.Sandbox;

/// <summary>
/// A fake Recharge and a fake Ometria in one process, as strict as what the two publish. Hosts share nothing, so several
/// can run side by side. Disposing it stops everything; nothing is kept.
/// </summary>
public sealed class SandboxHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SandboxHost(WebApplication app, SandboxOptions options)
    {
        _app = app;
        Options = options;
        Clock = new SandboxClock(options.Now, options.ClockSpeed);
        var rateTime = options.RealTimeRateLimits ? TimeProvider.System : Clock;
        Journal = new Journal();
        Store = new RechargeStore(options, Clock, Journal);
        Tokens = new RechargeTokens(options, rateTime);
        Webhooks = new WebhookSender(options, Clock, app.Services.GetRequiredService<ILogger<WebhookSender>>());
        Webhooks.Attach(Store);
        Faults = new SandboxFaults(Webhooks.Faults);
        OmetriaAccounts = new OmetriaAccounts(options, Clock, rateTime);
    }

    public SandboxOptions Options { get; }

    public Uri BaseAddress { get; private set; } = null!;

    public string RechargeUrl => new Uri(BaseAddress, RechargeApi.Root).ToString();

    public string OmetriaUrl => new Uri(BaseAddress, OmetriaApi.Root).ToString();

    public SandboxClock Clock { get; }

    public RechargeStore Store { get; }

    public RechargeTokens Tokens { get; }

    /// <summary>What the account of the first key holds.</summary>
    public OmetriaHoldings Ometria => OmetriaAccounts.First;

    public OmetriaAccounts OmetriaAccounts { get; }

    public WebhookSender Webhooks { get; }

    public SandboxFaults Faults { get; }

    public Journal Journal { get; }

    /// <summary>Seeds the store and listens. The environment is not read: only the options decide.</summary>
    public static async Task<SandboxHost> StartAsync(SandboxOptions? options = null, CancellationToken ct = default)
    {
        options ??= new SandboxOptions();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(SandboxHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().UseUrls(options.Url);
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        var app = builder.Build();
        var host = new SandboxHost(app, options);
        try
        {
            host.Map();
            await app.StartAsync(ct);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        host.BaseAddress = new Uri(app.Urls.First());
        return host;
    }

    /// <summary>Serves until the token is cancelled.</summary>
    public Task WaitForShutdownAsync(CancellationToken ct) => _app.WaitForShutdownAsync(ct);

    public async ValueTask DisposeAsync()
    {
        // Calls that hang on purpose would hold the server back for its whole shutdown time.
        Faults.Clear();
        using (var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200)))
            await _app.StopAsync(now.Token);
        await Webhooks.DisposeAsync();
        await _app.DisposeAsync();
        Clock.Dispose();
    }

    private void Map()
    {
        var recharge = new RechargeApi(Options, Store, Tokens, Webhooks);
        Faults.Recharge.Decorate = recharge.WriteLimit;
        _app.Use(new FaultMiddleware(Faults, Clock).InvokeAsync);
        _app.UseRouting();
        recharge.Map(_app);
        new OmetriaApi(Options, OmetriaAccounts, Faults.Ometria, Clock).Map(_app);
        new ControlApi(this).Map(_app);
    }
}
