namespace RechargeGrains.Sandbox;

/// <summary>Lets Ometria go wrong in every way it can, one after the other and over again, with breath in between.</summary>
internal sealed class OmetriaTrouble
{
    private const int EventsOfARound = 100_000;
    private const int MostRounds = 10;

    /// <summary>Longer than the product is down after a kill on a busy machine: a strike that finds nobody is none.</summary>
    private static readonly TimeSpan StrikeLimit = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(60);

    private readonly SandboxHost _sandbox;
    private readonly ChaosOptions _options;
    private readonly ChaosProgress _progress;
    private readonly Random _random;

    public OmetriaTrouble(SandboxHost sandbox, ChaosOptions options, ChaosProgress progress)
    {
        _sandbox = sandbox;
        _options = options;
        _progress = progress;
        _random = new Random(options.Seed + 2);
    }

    private OmetriaFaults Faults => _sandbox.Faults.Ometria;

    public async Task RunAsync(CancellationToken ct)
    {
        var plan = Plan();
        for (var i = 0; i < plan.Count; i++)
        {
            _progress.Allow(this, plan[i].At + _options.Connections);
            await _progress.WaitForPlayedAsync(plan[i].At, ct);
            _progress.Allow(this, i + 1 < plan.Count ? plan[i + 1].At + _options.Connections : long.MaxValue);
            await plan[i].Strike(ct);
            await RecoverAsync(ct);
        }
    }

    private List<(long At, Func<CancellationToken, Task> Strike)> Plan()
    {
        var kinds = Kinds();
        var rounds = Enumerable.Range(0, Math.Clamp(_options.Events / EventsOfARound, 1, MostRounds)).SelectMany(_ => Shuffled(kinds));
        // Each of these takes the product half a minute, in which the shop has to wait for it.
        Func<CancellationToken, Task>[] once = !_options.IsLong ? [] : [ct => StrikeAsync(Fault.Hang, 1, ct), ct => StrikeAsync(Fault.HangAfter, 1, ct)];
        List<Func<CancellationToken, Task>> strikes = [.. once, .. rounds];
        var share = _options.Events * 0.9 / strikes.Count;
        return [.. strikes.Select((strike, place) => ((long)((place + _random.NextDouble()) * share) + 1, strike))];
    }

    private Func<CancellationToken, Task>[] Shuffled(Func<CancellationToken, Task>[] kinds)
    {
        var shuffled = kinds.ToArray();
        _random.Shuffle(shuffled);
        return shuffled;
    }

    private Func<CancellationToken, Task>[] Kinds() =>
    [
        ct => LastAsync(Fault.Status(StatusCodes.Status503ServiceUnavailable), ct),
        ct => LastAsync(Fault.Reset, ct),
        ct => LastAsync(Fault.Reset with { Wait = TimeSpan.FromSeconds(1) }, ct),
        ct => LastAsync(Fault.Delay(TimeSpan.FromMilliseconds(600)), ct),
        ct => StrikeAsync(Fault.TooManyRequests(), _options.IsLong ? 3 : 1, ct),
        ct => StrikeAsync(Fault.TooManyRequests(TimeSpan.FromSeconds(2)), 1, ct),
        // Contacts may be sent as often as one likes, so these are about events.
        ct => StrikeAsync(Fault.ResetAfter, 1, ct, IsPushOfEvents),
        ct => StrikeAsync(Fault.Truncate, 1, ct, IsPushOfEvents),
        ct => StrikeAsync(Fault.Garbage, _options.IsLong ? 3 : 1, ct, IsPushOfEvents),
        ct => TakeBadlyAsync(matches => Faults.RejectWhen = matches, oneOf: 7, ct),
        ct => TakeBadlyAsync(matches => Faults.InvalidWhen = matches, oneOf: 31, ct),
        ct => TakeBadlyAsync(matches => Faults.PoisonWhen = matches, oneOf: 151, ct),
    ];

    private async Task LastAsync(Fault fault, CancellationToken ct)
    {
        var rule = Faults.Always(fault, IsPush);
        await LastAsync(ct);
        Faults.Remove(rule);
    }

    private async Task StrikeAsync(Fault fault, int times, CancellationToken ct, Func<FaultedCall, bool>? where = null)
    {
        var rule = Faults.Next(fault, times, where ?? IsPush);
        try
        {
            await rule.WaitForHitsAsync(times, StrikeLimit, ct);
        }
        catch (TimeoutException)
        {
            // Nothing is pushed just now: the product is down, or waits for better times.
        }

        Faults.Remove(rule);
    }

    private async Task TakeBadlyAsync(Action<Func<JsonElement, bool>?> set, int oneOf, CancellationToken ct)
    {
        set(record => RecordRules.TextOf(record, "@type") == "custom_event" && RecordRules.IdOf(record)!.Sum(letter => letter) % oneOf == 0);
        await LastAsync(ct);
        set(null);
    }

    private Task LastAsync(CancellationToken ct) =>
        Task.Delay(TimeSpan.FromSeconds(_options.IsLong ? 1 + (_random.NextDouble() * 3) : 1), _sandbox.Clock, ct);

    /// <summary>
    /// Waits for a push that is accepted. Troubles without a pause would teach the product to wait longer and longer, and the run
    /// would be about that.
    /// </summary>
    private async Task RecoverAsync(CancellationToken ct)
    {
        var before = _sandbox.Ometria.Pushes.Count;
        try
        {
            await _sandbox.Ometria.WaitForPushesAsync(
                pushes => (pushes.Count > before && pushes[^1].Status == StatusCodes.Status202Accepted)
                    || _sandbox.Ometria.DistinctEvents >= _progress.Played,
                RecoveryLimit,
                ct);
        }
        catch (TimeoutException)
        {
            // The product may be down for that long. If it is stuck, the end of the run shows it.
        }
    }

    private static bool IsPush(FaultedCall call) => call.Path.EndsWith("/push", StringComparison.Ordinal);

    private static bool IsPushOfEvents(FaultedCall call) => IsPush(call) && call.Body.Contains("custom_event", StringComparison.Ordinal);
}
