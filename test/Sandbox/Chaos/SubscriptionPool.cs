namespace RechargeGrains.Sandbox;

/// <summary>Subscriptions of one status, of which a random one is taken in no time.</summary>
/// <param name="random">Chooses.</param>
/// <param name="apart">How long a subscription is left alone after it was touched; at least a second, which is the default.</param>
internal sealed class SubscriptionPool(Random random, TimeSpan? apart = null)
{
    private const int Tries = 8;

    /// <summary>
    /// Times at Recharge are whole seconds: what happens to one subscription twice within one would have happened at the same time.
    /// </summary>
    private readonly TimeSpan _apart = apart ?? TimeSpan.FromSeconds(1);

    private readonly List<(long Id, DateTimeOffset Touched)> _all = [];

    public void Add(long id, DateTimeOffset touched) => _all.Add((id, touched));

    /// <summary>Takes a subscription out that was left alone for a while; null if a few tries find none.</summary>
    public long? Take(DateTimeOffset now)
    {
        for (var i = 0; i < Tries && _all.Count > 0; i++)
        {
            var index = random.Next(_all.Count);
            var (id, touched) = _all[index];
            if (now - touched < _apart)
                continue;
            _all[index] = _all[^1];
            _all.RemoveAt(_all.Count - 1);
            return id;
        }

        return null;
    }
}
