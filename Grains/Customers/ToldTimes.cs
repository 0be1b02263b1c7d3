namespace RechargeGrains.Grains.Customers;

/// <summary>
/// Remembers which occurrences of one kind of transition were told, by their time in seconds, at a bounded size: the newest eight one
/// by one, everything up to the oldest that fell out as a whole. Webhooks that overtake each other stay apart, and a repeat years
/// later is still known.
/// </summary>
[GenerateSerializer, Immutable, Alias("rg.told-times.v1")]
internal sealed record ToldTimes
{
    public static readonly ToldTimes None = new();

    private const int Kept = 8;

    /// <summary>Every occurrence up to this second counts as told.</summary>
    [Id(0)] public long? UpTo { get; init; }

    /// <summary>Ascending.</summary>
    [Id(1)] public long[] Recent { get; init; } = [];

    public bool Contains(DateTimeOffset time)
    {
        var second = time.ToUnixTimeSeconds();
        return second <= UpTo || Recent.Contains(second);
    }

    public ToldTimes With(DateTimeOffset time)
    {
        if (Contains(time))
            return this;
        List<long> recent = [.. Recent, time.ToUnixTimeSeconds()];
        recent.Sort();
        return recent.Count <= Kept ? this with { Recent = [.. recent] } : new ToldTimes { UpTo = recent[0], Recent = [.. recent[1..]] };
    }

    /// <summary>The last second up to this one that is known to have been told.</summary>
    public long? LastUpTo(long second)
    {
        var recent = Recent.LastOrDefault(told => told <= second, long.MinValue);
        return recent != long.MinValue ? recent : UpTo <= second ? UpTo : null;
    }

    public bool Equals(ToldTimes? other) => other is not null && UpTo == other.UpTo && Recent.SequenceEqual(other.Recent);

    public override int GetHashCode() => HashCode.Combine(UpTo, Recent.Length);
}
