namespace RechargeGrains.Grains.Ometria;

/// <summary>
/// Finds out how fast an account may be pushed to. Other integrations share its limit, and Ometria says only when it was too fast
/// (429). So: half as fast after a 429, and slowly faster again while none comes. Pure but for what it remembers.
/// </summary>
/// <param name="most">Pushes a second that are never exceeded.</param>
internal sealed class AdaptiveRate(double most)
{
    /// <summary>Pushes that were under way together are refused together; they are one sign, not several.</summary>
    private static readonly TimeSpan OneSign = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private const double Growth = 0.1;
    private const double Least = 0.05;

    private double _share = 1;
    private DateTimeOffset? _throttledAt;
    private DateTimeOffset _changedAt;

    /// <summary>Pushes a second for now.</summary>
    public double Current => most * _share;

    /// <summary>Ometria was too busy for a push.</summary>
    public void Throttled(DateTimeOffset now)
    {
        if (now - _throttledAt < OneSign)
            return;
        (_throttledAt, _changedAt) = (now, now);
        _share = Math.Max(Least, _share / 2);
    }

    /// <summary>Ometria took a push: after five seconds without a refusal, a tenth of the full rate comes back.</summary>
    public void Taken(DateTimeOffset now)
    {
        if (_share >= 1 || now - _changedAt < Step)
            return;
        _changedAt = now;
        _share = Math.Min(1, _share + Growth);
    }
}
