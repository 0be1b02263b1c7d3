using CsCheck;

namespace RechargeGrains.Grains.Tests.Customers.Histories;

/// <summary>A webhook or a reading as it arrives here.</summary>
/// <param name="At">When it arrives; for a reading, when what was read is applied.</param>
/// <param name="Tie">Decides between arrivals of the same moment.</param>
/// <param name="Life">The subscription that it is about.</param>
/// <param name="Webhook">The transition whose webhook it is, or null for a reading.</param>
/// <param name="ReadAt">When the reading was made.</param>
internal sealed record Arrival(DateTimeOffset At, int Tie, SubscriptionLife Life, Transition? Webhook, DateTimeOffset ReadAt = default)
{
    /// <summary>As long as Recharge tries.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(48);

    /// <summary>Some at once, some after a retry, some at the last moment: any order comes out.</summary>
    public static readonly Gen<int> Delays =
        Gen.Frequency((4, Gen.Int[0, 5]), (3, Gen.Int[5, 3_600]), (3, Gen.Int[3_600, 172_800]), (1, Gen.Const(172_800)));

    /// <summary>Every webhook of these lives: lost (if <paramref name="fewest"/> is 0), once or several times, each copy after its own delay.</summary>
    public static Gen<List<Arrival>> Webhooks(IReadOnlyList<SubscriptionLife> lives, int fewest) =>
        Gen.Select(Delays, Gen.Int).Array[fewest, 3].Array[lives.Sum(life => life.Transitions.Count)].Select(copies =>
        {
            var all = lives.SelectMany(life => life.Transitions.Select(transition => (Life: life, Transition: transition)));
            return all.Zip(copies, (sent, delays) => delays.Select(delay =>
                new Arrival(sent.Transition.At.AddSeconds(delay.Item1), delay.Item2, sent.Life, sent.Transition))).SelectMany(arrivals => arrivals).ToList();
        });

    /// <summary>Up to four readings of the whole customer, each applied up to ten minutes after it was made.</summary>
    public static Gen<List<Arrival>> Readings(IReadOnlyList<SubscriptionLife> lives) =>
        Gen.Select(Gen.Int[0, 345_600], Gen.Int[0, 600], Gen.Int).Array[0, 4].Select(readings =>
            readings.SelectMany(reading => lives.Select(life =>
            {
                var readAt = Given.Start.AddSeconds(reading.Item1);
                return new Arrival(readAt.AddSeconds(reading.Item2), reading.Item3, life, null, readAt);
            })).ToList());

    public override string ToString() =>
        $"{(Webhook is null ? $"read@{(ReadAt - Given.Start).TotalSeconds}" : Webhook)} of {Life.Id} at {(At - Given.Start).TotalSeconds}";
}
