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

    [Fact]
    public void The_first_activation_of_a_known_subscription_waits_for_the_cancellation_that_it_overtook()
    {
        Assert.Equal([IdOf("created")], Tell([TwoRounds[0], TwoRounds[2], TwoRounds[2]]));
        Assert.Equal([IdOf("created"), IdOf("cancelled", At[0]), IdOf("activated", At[1])], Tell([TwoRounds[0], TwoRounds[2], TwoRounds[1]]));
    }

    [Fact]
    public void An_activation_that_waited_is_told_as_the_active_subscription_that_it_is()
    {
        var waiting = Hear([TwoRounds[0], TwoRounds[2]]).Record;
        var told = SubscriptionRules.Decide(waiting, "cancelled", Given.CancelledAt(At[0], "too much"), Given.Context, Now).Told[1];

        Assert.Equal(EventKind.SubscriptionActivated, told.Kind);
        Assert.DoesNotContain("too much", told.PropertiesJson, StringComparison.Ordinal);
    }

    [Fact]
    public void An_activation_whose_cancellation_is_lost_is_told_by_the_first_message_or_reading_after_ten_minutes()
    {
        var waiting = Hear([TwoRounds[0], TwoRounds[2]]).Record;
        var updated = Given.ActiveAt(At[5]);
        var over = waiting.HeldSince!.Value + ActivationRules.WaitsFor;

        Assert.Empty(SubscriptionRules.Decide(waiting, "updated", updated, Given.Context, over.AddSeconds(-1)).Told);
        Assert.Empty(SubscriptionRules.Overdue(waiting, Given.Context, over.AddSeconds(-1)).Told);
        foreach (var told in new[] { SubscriptionRules.Decide(waiting, "updated", updated, Given.Context, over), SubscriptionRules.Overdue(waiting, Given.Context, over) })
        {
            Assert.Equal(IdOf("activated", At[1]), Assert.Single(told.Told).EventId);
            Assert.Empty(told.Next.ActivationsHeld);
            Assert.Null(told.Next.HeldSince);
        }
    }

    [Fact]
    public void A_cancellation_that_only_a_reading_showed_need_not_be_waited_for()
    {
        var known = SubscriptionRules.Read(Hear([TwoRounds[0]]).Record, Given.CancelledAt(At[0]), Given.Context, Now.AddSeconds(1));
        Assert.Equal(IdOf("activated", At[1]), Assert.Single(SubscriptionRules.Decide(known, "activated", Given.ActiveAt(At[1]), Given.Context, Now).Told).EventId);
    }

    [Fact]
    public void An_activation_whose_cancellation_is_lost_is_told_before_the_next_cancellation()
    {
        var waiting = Hear([TwoRounds[0], TwoRounds[2]]).Record;
        var next = Given.CancelledAt(At[1].AddDays(30), "too much");
        var told = SubscriptionRules.Decide(waiting, "cancelled", next, Given.Context, At[1].AddDays(30)).Told;

        Assert.Equal([EventKind.SubscriptionActivated, EventKind.SubscriptionCancelled], told.Select(draft => draft.Kind));
        Assert.DoesNotContain("too much", told[0].PropertiesJson, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_activation_whose_cancellation_is_lost_is_told_if_it_is_too_far_from_the_first_one_to_be_a_repeat()
    {
        var known = Hear(TwoRounds[..3]).Record;
        SubscriptionRecord Waiting(TimeSpan after) =>
            SubscriptionRules.Decide(known, "activated", Given.ActiveAt(At[1] + after), Given.Context, At[1] + after).Next;
        var later = At[1].AddDays(9);

        Assert.Empty(SubscriptionRules.Decide(Waiting(TimeSpan.FromHours(48)), "updated", Given.ActiveAt(later), Given.Context, later).Told);
        Assert.Single(SubscriptionRules.Decide(Waiting(TimeSpan.FromHours(49)), "updated", Given.ActiveAt(later), Given.Context, later).Told);
    }

    [Fact]
    public void A_subscription_that_a_reading_found_active_before_has_a_cancellation_to_wait_for()
    {
        var old = Given.Subscription with { CreatedAt = Given.Start.AddYears(-1) };
        var read = SubscriptionRules.Read(null, old, Given.Context, At[0]);
        var waiting = SubscriptionRules.Decide(read, "activated", old with { UpdatedAt = At[1] }, Given.Context, Now);
        var cancelled = Given.CancelledAt(At[0]) with { CreatedAt = old.CreatedAt };
        var told = SubscriptionRules.Decide(waiting.Next, "cancelled", cancelled, Given.Context, Now).Told;

        Assert.Empty(waiting.Told);
        Assert.Equal([IdOf("cancelled", At[0]), IdOf("activated", At[1])], told.Select(draft => draft.EventId));
    }

    [Fact]
    public void A_subscription_that_a_reading_found_cancelled_or_activated_already_has_none_to_wait_for()
    {
        foreach (var found in new[] { Given.CancelledAt(At[0]), Given.ActiveAt(At[1]) })
        {
            var read = SubscriptionRules.Read(null, found with { CreatedAt = Given.Start.AddYears(-1) }, Given.Context, At[2]);
            var activated = Given.ActiveAt(At[1]) with { CreatedAt = Given.Start.AddYears(-1) };

            Assert.Equal(IdOf("activated", At[1]), Assert.Single(SubscriptionRules.Decide(read, "activated", activated, Given.Context, Now).Told).EventId);
        }
    }

    [Fact]
    public void A_subscription_that_expired_has_no_cancellation_to_wait_for()
    {
        var expired = Given.Subscription with { Status = SubscriptionStatus.Expired, UpdatedAt = At[0] };

        Assert.Equal([IdOf("created"), IdOf("activated", At[1])], Tell([TwoRounds[0], ("updated", expired), TwoRounds[2]]));
    }

    [Fact]
    public void Repeats_that_wait_together_with_their_activation_are_not_told_with_it()
    {
        var told = Tell([TwoRounds[0], ("activated", Given.ActiveAt(At[2])), TwoRounds[2], TwoRounds[1]]);

        Assert.Equal([IdOf("created"), IdOf("cancelled", At[0]), IdOf("activated", At[1])], told);
    }

    [Fact]
    public void Repeats_of_one_that_waits_do_not_push_out_another()
    {
        var told = Tell([TwoRounds[0], TwoRounds[2], .. Enumerable.Repeat(TwoRounds[4], 20), TwoRounds[3], TwoRounds[1]]);

        Assert.Equal(
            [IdOf("created"), IdOf("cancelled", At[2]), IdOf("activated", At[3]), IdOf("cancelled", At[0]), IdOf("activated", At[1])], told);
    }

    [Fact]
    public void An_activation_within_the_second_of_its_cancellation_is_not_told_again_with_a_newer_time()
    {
        var told = Tell([TwoRounds[0], TwoRounds[1], ("activated", Given.ActiveAt(At[0])), ("activated", Given.ActiveAt(At[1]))]);

        Assert.Equal([IdOf("created"), IdOf("cancelled", At[0]), IdOf("activated", At[0])], told);
    }

    [Fact]
    public void An_activation_after_one_that_was_cancelled_within_its_second_is_told()
    {
        var told = Tell([TwoRounds[0], TwoRounds[1], TwoRounds[2], ("cancelled", Given.CancelledAt(At[1])), ("activated", Given.ActiveAt(At[2]))]);

        Assert.Equal([IdOf("cancelled", At[1]), IdOf("activated", At[2])], told[^2..]);
    }

    private static List<string> Tell(IReadOnlyList<(string Action, SubscriptionSnapshot Snapshot)> messages) => Hear(messages).Told;

    private static (SubscriptionRecord Record, List<string> Told) Hear(IReadOnlyList<(string Action, SubscriptionSnapshot Snapshot)> messages)
    {
        SubscriptionRecord? record = null;
        var told = new List<string>();
        foreach (var (action, snapshot) in messages)
        {
            var verdict = SubscriptionRules.Decide(record, action, snapshot, Given.Context, Now);
            record = verdict.Next;
            told.AddRange(verdict.Told.Select(draft => draft.EventId));
        }

        return (record!, told);
    }

    private static string IdOf(string what, DateTimeOffset? at = null) =>
        $"rc-77-900100411-{what}{(at is { } time ? $"-{time.ToUnixTimeSeconds()}" : "")}";

    private static IEnumerable<List<T>> Orders<T>(List<T> of) => of.Count == 0
        ? [[]]
        : of.SelectMany((first, i) => Orders([.. of.Where((_, j) => j != i)]).Select(rest => (List<T>)[first, .. rest]));
}
