using CsCheck;

namespace RechargeGrains.Grains.Tests.Customers.Histories;

/// <summary>What happened to a customer's subscriptions, and what of it arrives here in which order.</summary>
internal sealed record Delivery(IReadOnlyList<SubscriptionLife> Lives, IReadOnlyList<Arrival> Arrivals)
{
    /// <summary>After the last webhook that Recharge may still send.</summary>
    public DateTimeOffset End => Lives.Max(life => life.Last.At) + Arrival.Longest + TimeSpan.FromHours(1);

    /// <summary>One to three subscriptions; webhooks in any order and several times, with readings in between.</summary>
    /// <param name="fewest">Copies of each webhook that arrive at least.</param>
    public static Gen<Delivery> Random(int fewest) => Customers.SelectMany(lives =>
        Gen.Select(Arrival.Webhooks(lives, fewest), Arrival.Readings(lives), (webhooks, readings) => InOrder(lives, [.. webhooks, .. readings])));

    /// <summary>One to three subscriptions of one customer.</summary>
    public static Gen<List<SubscriptionLife>> Customers => Gen.Int[1, 3].SelectMany(count =>
        Gen.Select(SubscriptionLife.Random(1), SubscriptionLife.Random(2), SubscriptionLife.Random(3), (a, b, c) => new[] { a, b, c }[..count].ToList()));

    public static Delivery InOrder(IReadOnlyList<SubscriptionLife> lives, IEnumerable<Arrival> arrivals) =>
        new(lives, [.. arrivals.OrderBy(arrival => arrival.At).ThenBy(arrival => arrival.Tie)]);

    public bool Brings(Transition transition) => Arrivals.Any(arrival => arrival.Webhook == transition);

    public override string ToString() => $"{string.Join("; ", Lives)} | {string.Join(", ", Arrivals)}";
}
