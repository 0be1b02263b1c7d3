using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class ActivationRulesTests
{
    private static readonly DateTimeOffset[] At = [.. Enumerable.Range(1, 6).Select(hour => Given.Start.AddHours(hour))];
    private static readonly DateTimeOffset Now = Given.Start.AddHours(7);

    private static readonly (string Action, SubscriptionSnapshot Snapshot)[] TwoRounds =
    [
        ("created", Given.Subscription),
        ("cancelled", Given.CancelledAt(At[0])),
        ("activated", Given.ActiveAt(At[1])),
        ("cancelled", Given.CancelledAt(At[2])),
        ("activated", Given.ActiveAt(At[3])),
    ];

    [Fact]
    public void Two_rounds_of_leaving_and_coming_back_are_told_once_each_in_all_120_orders()
    {
        var orders = Orders([.. TwoRounds]).ToList();
        Assert.Equal(120, orders.Count);
        foreach (var order in orders)
        {
            var told = Tell(order);
            Assert.Equal(5, told.Distinct().Count());
            Assert.Equal(5, told.Count);
            Assert.True(told.IndexOf(IdOf("created")) < told.IndexOf(IdOf("cancelled", At[0])));
        }
    }

    [Fact]
    public void An_activation_that_comes_again_with_a_newer_time_is_not_told_again()
    {
        var told = Tell([TwoRounds[0], TwoRounds[1], TwoRounds[2], ("activated", Given.ActiveAt(At[2])), ("activated", Given.ActiveAt(At[3]))]);

        Assert.Equal([IdOf("created"), IdOf("cancelled", At[0]), IdOf("activated", At[1])], told);
    }

    [Fact]
    public void An_activation_whose_cancellation_was_never_heard_of_is_told_once()
    {
        var told = Tell([("activated", Given.ActiveAt(At[1])), ("activated", Given.ActiveAt(At[2]))]);

        Assert.Equal([IdOf("created"), IdOf("activated", At[1])], told);
    }

    [Fact]
    public void A_second_activation_waits_for_the_cancellation_that_it_overtook()
    {
        var before = Tell([TwoRounds[0], TwoRounds[1], TwoRounds[2], TwoRounds[4]]);
        Assert.DoesNotContain(IdOf("activated", At[3]), before);

        var after = Tell([TwoRounds[0], TwoRounds[1], TwoRounds[2], TwoRounds[4], TwoRounds[3]]);
        Assert.Equal([IdOf("cancelled", At[2]), IdOf("activated", At[3])], after[^2..]);
    }

    private static List<string> Tell(IReadOnlyList<(string Action, SubscriptionSnapshot Snapshot)> messages)
    {
        SubscriptionRecord? record = null;
        var told = new List<string>();
        foreach (var (action, snapshot) in messages)
        {
            var verdict = SubscriptionRules.Decide(record, action, snapshot, Given.Context, Now);
            record = verdict.Next;
            told.AddRange(verdict.Told.Select(draft => draft.EventId));
        }

        return told;
    }

    private static string IdOf(string what, DateTimeOffset? at = null) =>
        $"rc-77-900100411-{what}{(at is { } time ? $"-{time.ToUnixTimeSeconds()}" : "")}";

    private static IEnumerable<List<T>> Orders<T>(List<T> of) => of.Count == 0
        ? [[]]
        : of.SelectMany((first, i) => Orders([.. of.Where((_, j) => j != i)]).Select(rest => (List<T>)[first, .. rest]));
}
