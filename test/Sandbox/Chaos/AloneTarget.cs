namespace RechargeGrains.Sandbox;

/// <summary>One program with its silo inside, on the embedded store.</summary>
internal sealed class AloneTarget(ProductProcess product, SandboxHost sandbox, ChaosOptions options, ChaosProgress progress)
    : ChaosTarget(sandbox, options, progress)
{
    /// <summary>The product waits for a lock for 5 seconds: less is late, more has failed.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(7);

    private ProductProcess _product = product;

    public override Uri Address => _product.Address;

    public override string OperatorToken => _product.Settings.OperatorToken;

    public override IEnumerable<ProductHarm> Harms(ChaosOptions options)
    {
        var others = Math.Max(1, options.Kills / 4);
        return
        [
            .. Enumerable.Range(0, options.Kills).Select(kill => kill % 2 == 0 ? ProductHarm.KillBeforeAnswer : ProductHarm.Kill),
            .. Enumerable.Repeat(ProductHarm.Freeze, others),
            .. Enumerable.Repeat(ProductHarm.SlowStorage, others),
            .. Enumerable.Repeat(ProductHarm.FailingStorage, others),
        ];
    }

    public override Task DoAsync(ProductHarm harm, CancellationToken ct) => harm switch
    {
        ProductHarm.Kill => KillAsync(ct),
        ProductHarm.KillBeforeAnswer => KillBeforeAnswerAsync(ct),
        ProductHarm.Freeze => FreezeAsync(ct),
        ProductHarm.SlowStorage => LockAsync(Late, "slow storage", ct),
        ProductHarm.FailingStorage => LockAsync(TooLate, "failing storage", ct),
        _ => throw new ArgumentOutOfRangeException(nameof(harm), harm, "Only a cluster can be harmed so."),
    };

    public override Task StopAsync() => _product.StopAsync();

    public override ValueTask DisposeAsync() => _product.DisposeAsync();

    private async Task KillBeforeAnswerAsync(CancellationToken ct)
    {
        await SwallowAnswerAsync(ct);
        await KillAsync(ct);
    }

    private Task KillAsync(CancellationToken ct) => DuringAsync("kill", async () =>
    {
        var from = Now;
        var killed = _product;
        await killed.KillAsync();
        Progress.Interrupt(from, Now + OnTheWire, "kill");
        Progress.CountKill();
        _product = await ProductProcess.StartAsync(killed.Settings, ct);
        await killed.DisposeAsync();
    });

    private Task FreezeAsync(CancellationToken ct) => DuringAsync("frozen", async () =>
    {
        await _product.FreezeAsync();
        try
        {
            await WaitAsync(TimeSpan.FromSeconds(2 + Random.Next(5)), ct);
        }
        finally
        {
            await _product.ThawAsync();
        }
    });

    private Task LockAsync(TimeSpan span, string what, CancellationToken ct) => DuringAsync(what, async () =>
    {
        var from = Now;
        await using (await DatabaseLock.TakeAsync(_product.Settings.DatabaseFile, ct))
            await WaitAsync(span, ct);
        // Only a write that failed can have forgotten something.
        if (span == TooLate)
            Progress.Interrupt(from, Now + OnTheWire, what);
    });
}
