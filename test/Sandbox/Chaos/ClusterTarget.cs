using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Sandbox;

/// <summary>Silos and Apis on a PostgreSQL server that lives and dies as well.</summary>
internal sealed class ClusterTarget(
    ProductCluster cluster, PostgresServer database, SandboxHost sandbox, ChaosOptions options, ChaosProgress progress) : ChaosTarget(sandbox, options, progress)
{
    /// <summary>A statement waits for 15 seconds: less is late.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(4);

    private readonly TimeSpan _down = options.IsLong ? TimeSpan.FromSeconds(30) : TimeSpan.FromSeconds(5);

    public override Uri Address => cluster.Address;

    public override string OperatorToken => cluster.OperatorToken;

    public override IEnumerable<ProductHarm> Harms(ChaosOptions options)
    {
        ProductHarm[] kills = [ProductHarm.Kill, ProductHarm.KillAll, ProductHarm.KillApi, ProductHarm.KillBeforeAnswer];
        var others = Math.Max(1, options.Kills / 4);
        return
        [
            .. Enumerable.Range(0, options.Kills).Select(kill => kills[kill % kills.Length]),
            .. Enumerable.Repeat(ProductHarm.Freeze, others),
            .. Enumerable.Repeat(ProductHarm.SlowStorage, others),
            .. Enumerable.Repeat(ProductHarm.FailingStorage, others),
            .. Enumerable.Repeat(ProductHarm.RollingRestart, others),
            .. Enumerable.Repeat(ProductHarm.Outlive, options.IsLong ? others : 0),
        ];
    }

    public override Task DoAsync(ProductHarm harm, CancellationToken ct) => harm switch
    {
        ProductHarm.Kill => KillAsync("a silo killed", [AnyOf(cluster.Silos)], ct),
        ProductHarm.KillApi => KillAsync("an Api killed", [AnyOf(cluster.Apis)], ct),
        ProductHarm.KillAll => KillAsync("all killed", [.. cluster.Nodes], ct),
        ProductHarm.KillBeforeAnswer => KillBeforeAnswerAsync(ct),
        ProductHarm.Freeze => FreezeAsync(TimeSpan.FromSeconds(2 + Random.Next(5)), ct),
        ProductHarm.Outlive => FreezeAsync(TimeSpan.FromSeconds(40), ct),
        ProductHarm.SlowStorage => SlowStorageAsync(ct),
        ProductHarm.FailingStorage => FailingStorageAsync(ct),
        ProductHarm.RollingRestart => RollAsync(ct),
        _ => throw new ArgumentOutOfRangeException(nameof(harm)),
    };

    public override async Task StopAsync()
    {
        foreach (var node in cluster.Apis.Concat(cluster.Silos))
            await node.Process.StopAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        await database.DisposeAsync();
    }

    private ClusterNode AnyOf(IReadOnlyList<ClusterNode> nodes) => nodes[Random.Next(nodes.Count)];

    private async Task KillBeforeAnswerAsync(CancellationToken ct)
    {
        await SwallowAnswerAsync(ct);
        // Nobody knows which of them it was that pushed.
        await KillAsync("all silos killed", cluster.Silos, ct);
    }

    private Task KillAsync(string what, IReadOnlyList<ClusterNode> nodes, CancellationToken ct) => DuringAsync(what, async () =>
    {
        var from = Now;
        await Task.WhenAll(nodes.Select(node => node.KillAsync()));
        Progress.Interrupt(from, Now + OnTheWire, what);
        Progress.CountKill();
        await Task.WhenAll(nodes.Select(node => node.StartAgainAsync(ct)));
    });

    /// <summary>A silo that stands still for long is declared dead by the others, and finds out when it goes on.</summary>
    private Task FreezeAsync(TimeSpan span, CancellationToken ct) => DuringAsync("a silo frozen", async () =>
    {
        var from = Now;
        var node = AnyOf(cluster.Silos);
        await node.Process.FreezeAsync();
        try
        {
            await WaitAsync(span, ct);
        }
        finally
        {
            await node.Process.ThawAsync();
        }

        Progress.Interrupt(from, Now + OnTheWire, "a silo frozen");
        // One that was declared dead ends itself; whoever runs it starts it again.
        if (await node.Process.EndsWithinAsync(TimeSpan.FromSeconds(span > TimeSpan.FromSeconds(20) ? 30 : 0), ct))
            await node.StartAgainAsync(ct);
    });

    private Task SlowStorageAsync(CancellationToken ct) => DuringAsync("slow storage", async () =>
    {
        await database.FreezeAsync();
        try
        {
            await WaitAsync(Late, ct);
        }
        finally
        {
            await database.ThawAsync();
        }
    });

    private Task FailingStorageAsync(CancellationToken ct) => DuringAsync("the database killed", async () =>
    {
        var from = Now;
        await database.KillAsync();
        await WaitAsync(_down, ct);
        await database.StartAgainAsync(ct);
        Progress.Interrupt(from, Now + OnTheWire, "the database killed");
    });

    private Task RollAsync(CancellationToken ct) => DuringAsync("rolling restart", async () =>
    {
        foreach (var node in cluster.Nodes)
        {
            var exitCode = await node.RestartAsync(ct: ct);
            if (exitCode != 0)
                throw new InvalidOperationException($"A program that was told to end ended with {exitCode}: {node.Process.LogFile}");
        }
    });
}
