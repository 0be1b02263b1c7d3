namespace RechargeGrains.Sandbox;

/// <summary>Does to the product what is planned for each moment, one after the other; a seed decides.</summary>
internal sealed class ProductTrouble
{
    private readonly ChaosTarget _target;
    private readonly ChaosProgress _progress;
    private readonly IReadOnlyList<(long At, ProductHarm Harm)> _plan;
    private readonly int _connections;

    public ProductTrouble(ChaosTarget target, ChaosOptions options, ChaosProgress progress)
    {
        _target = target;
        _progress = progress;
        _connections = options.Connections;
        _plan = Plan(target, options);
    }

    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var (at, harm) in _plan)
        {
            _progress.Allow(this, at + _connections);
            await _progress.WaitForPlayedAsync(at, ct);
            var next = _plan.FirstOrDefault(later => later.At > at).At;
            _progress.Allow(this, next == 0 ? long.MaxValue : next + _connections);
            await _target.DoAsync(harm, ct);
        }
    }

    private static List<(long At, ProductHarm Harm)> Plan(ChaosTarget target, ChaosOptions options)
    {
        var random = new Random(options.Seed + 1);
        var harms = target.Harms(options).ToArray();
        random.Shuffle(harms);
        // Each in its share of the run, so that they do not all come at once.
        var share = options.Events * 0.9 / harms.Length;
        return [.. harms.Select((harm, place) => ((long)((place + random.NextDouble()) * share) + 1, harm))];
    }
}
