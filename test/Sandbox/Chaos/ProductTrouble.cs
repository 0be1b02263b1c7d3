namespace RechargeGrains.Sandbox;

/// <summary>Harms the product, one thing after the other, at moments that a seed decides. After a kill it is started again at once.</summary>
internal sealed class ProductTrouble : IAsyncDisposable
{
    /// <summary>What the sandbox may still take from a product that is dead already; a new one needs longer to start.</summary>
    private static readonly TimeSpan OnTheWire = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan PushLimit = TimeSpan.FromSeconds(5);

    /// <summary>The product waits for a lock for 5 seconds: less is late, more has failed.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(7);

    private readonly SandboxHost _sandbox;
    private readonly ChaosProgress _progress;
    private readonly IReadOnlyList<(long At, ProductHarm Harm)> _plan;
    private readonly Random _random;
    private readonly int _connections;

    public ProductTrouble(ProductProcess product, SandboxHost sandbox, ChaosOptions options, ChaosProgress progress)
    {
        Product = product;
        _sandbox = sandbox;
        _progress = progress;
        _random = new Random(options.Seed + 1);
        _connections = options.Connections;
        _plan = Plan(options);
    }

    /// <summary>The process that lives now.</summary>
    public ProductProcess Product { get; private set; }

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var (at, harm) in _plan)
        {
            _progress.Allow(this, at + _connections);
            await _progress.WaitForPlayedAsync(at, ct);
            var next = _plan.FirstOrDefault(later => later.At > at).At;
            _progress.Allow(this, next == 0 ? long.MaxValue : next + _connections);
            await DoAsync(harm, ct);
        }
    }

    public ValueTask DisposeAsync() => Product.DisposeAsync();

    private List<(long At, ProductHarm Harm)> Plan(ChaosOptions options)
    {
        var others = Math.Max(1, options.Kills / 4);
        ProductHarm[] harms =
        [
            .. Enumerable.Range(0, options.Kills).Select(kill => kill % 2 == 0 ? ProductHarm.KillBeforeAnswer : ProductHarm.Kill),
            .. Enumerable.Repeat(ProductHarm.Freeze, others),
            .. Enumerable.Repeat(ProductHarm.SlowStorage, others),
            .. Enumerable.Repeat(ProductHarm.FailingStorage, others),
        ];
        _random.Shuffle(harms);
        // Each in its share of the run, so that they do not all come at once.
        var share = options.Events * 0.9 / harms.Length;
        return [.. harms.Select((harm, place) => ((long)((place + _random.NextDouble()) * share) + 1, harm))];
    }

    private Task DoAsync(ProductHarm harm, CancellationToken ct) => harm switch
    {
        ProductHarm.Kill => KillAsync(ct),
        ProductHarm.KillBeforeAnswer => KillBeforeAnswerAsync(ct),
        ProductHarm.Freeze => FreezeAsync(ct),
        ProductHarm.SlowStorage => LockAsync(Late, "slow storage", ct),
        _ => LockAsync(TooLate, "failing storage", ct),
    };

    private async Task KillBeforeAnswerAsync(CancellationToken ct)
    {
        var lost = _sandbox.Faults.Ometria.Next(Fault.HangAfter, where: call => call.Path.EndsWith("/push", StringComparison.Ordinal));
        try
        {
            await lost.WaitForHitsAsync(1, PushLimit, ct);
        }
        catch (TimeoutException)
        {
            // Nothing was to be pushed, so it is a kill like any other.
        }

        _sandbox.Faults.Ometria.Remove(lost);
        await KillAsync(ct);
    }

    private async Task KillAsync(CancellationToken ct)
    {
        _progress.Trouble = "kill";
        var from = _sandbox.Clock.GetUtcNow();
        var killed = Product;
        await killed.KillAsync();
        _progress.Interrupt(from, _sandbox.Clock.GetUtcNow() + OnTheWire, "kill");
        _progress.CountKill();
        Product = await ProductProcess.StartAsync(killed.Settings, ct);
        await killed.DisposeAsync();
        _progress.Trouble = "";
    }

    private async Task FreezeAsync(CancellationToken ct)
    {
        _progress.Trouble = "frozen";
        await Product.FreezeAsync();
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(2 + _random.Next(5)), _sandbox.Clock, ct);
        }
        finally
        {
            await Product.ThawAsync();
        }

        _progress.Trouble = "";
    }

    private async Task LockAsync(TimeSpan span, string what, CancellationToken ct)
    {
        _progress.Trouble = what;
        var from = _sandbox.Clock.GetUtcNow();
        await using (await DatabaseLock.TakeAsync(Product.Settings.DatabaseFile, ct))
            await Task.Delay(span, _sandbox.Clock, ct);
        // Only a write that failed can have forgotten something.
        if (span == TooLate)
            _progress.Interrupt(from, _sandbox.Clock.GetUtcNow() + OnTheWire, what);
        _progress.Trouble = "";
    }
}
