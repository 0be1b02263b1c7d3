using CsCheck;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class SubscriptionRulesTests
{
    private static readonly DateTimeOffset FirstCancelled = Given.Start.AddHours(1);
    private static readonly DateTimeOffset Activated = Given.Start.AddHours(2);
    private static readonly DateTimeOffset SecondCancelled = Given.Start.AddHours(3);
    private static readonly DateTimeOffset Now = Given.Start.AddHours(4);

    private static readonly (string Action, SubscriptionSnapshot Snapshot)[] Life =
    [
        ("created", Given.Subscription),
        ("cancelled", Given.CancelledAt(FirstCancelled)),
        ("activated", Given.ActiveAt(Activated)),
        ("cancelled", Given.CancelledAt(SecondCancelled)),
    ];

    private static readonly string[] LifeEvents =
    [
        "rc-77-900100411-created",
        $"rc-77-900100411-cancelled-{FirstCancelled.ToUnixTimeSeconds()}",
        $"rc-77-900100411-activated-{Activated.ToUnixTimeSeconds()}",
        $"rc-77-900100411-cancelled-{SecondCancelled.ToUnixTimeSeconds()}",
    ];

    [Fact]
    public void A_creation_is_told_with_its_own_time()
    {
        var verdict = SubscriptionRules.Decide(null, "created", Given.Subscription, Given.Context, Now);

        var told = Assert.Single(verdict.Told);
        Assert.Equal(EventKind.SubscriptionCreated, told.Kind);
        Assert.Equal("rc-77-900100411-created", told.EventId);
        Assert.Equal(Given.Start, told.OccurredAt);
        Assert.Equal(Given.SubscriptionId, told.SubscriptionId);
        Assert.Equal(Given.Subscription, verdict.Next.Snapshot);
        Assert.False(verdict.IsStale);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_repeated_webhook_changes_nothing_and_tells_nothing(int which)
    {
        var (action, snapshot) = Life[which];
        var first = SubscriptionRules.Decide(null, action, snapshot, Given.Context, Now);
        var again = SubscriptionRules.Decide(first.Next, action, snapshot, Given.Context, Now.AddMinutes(5));

        Assert.Empty(again.Told);
        Assert.Equal(first.Next, again.Next);
        Assert.False(again.IsStale);
    }

    [Fact]
    public void A_webhook_older_than_what_is_known_is_stale()
    {
        var known = Apply([0, 3]).Record;
        var verdict = SubscriptionRules.Decide(known, "updated", Given.ActiveAt(Given.Start.AddMinutes(5)), Given.Context, Now);

        Assert.True(verdict.IsStale);
        Assert.Equal(known, verdict.Next);
        Assert.Empty(verdict.Told);
    }

    [Fact]
    public void In_every_order_and_with_every_repetition_each_event_is_told_once_and_the_newest_state_stays()
    {
        var orders = 0;
        foreach (var order in Sequences(length: 6, of: Life.Length).Where(order => order.Distinct().Count() == Life.Length))
        {
            orders++;
            var (record, told) = Apply(order);
            var ids = told.Select(draft => draft.EventId).ToList();

            Assert.Equal(LifeEvents.Order(), ids.Order());
            Assert.Equal(LifeEvents[0], ids[0]);
            Assert.Equal(Given.CancelledAt(SecondCancelled), record.Snapshot);
        }

        Assert.Equal(1560, orders);
    }

    [Fact]
    public void Whatever_arrives_tells_its_own_event_once_and_never_a_cancellation_before_the_creation()
    {
        // The last two are ordinary changes, between and after the rest.
        (string Action, SubscriptionSnapshot Snapshot)[] all =
        [
            .. Life,
            ("updated", Given.ActiveAt(Activated.AddMinutes(10)) with { Price = 14m }),
            ("updated", Given.CancelledAt(SecondCancelled) with { UpdatedAt = SecondCancelled.AddMinutes(10) }),
        ];

        Gen.Int[0, all.Length - 1].Array[1, 14].Sample(order =>
        {
            var (record, told) = Apply(order, all);
            // An activation whose cancellation did not arrive waits for as long as that might, and for the next message.
            var newest = all[order.MaxBy(i => all[i].Snapshot.UpdatedAt)].Snapshot;
            var later = SubscriptionRules.Decide(record, "updated", newest, Given.Context, Now.AddHours(48));
            var ids = told.Concat(later.Told).Select(draft => draft.EventId).ToList();
            Assert.Equal(ids.Distinct(), ids);
            foreach (var arrived in order.Where(i => i < Life.Length))
                Assert.Contains(LifeEvents[arrived], ids);
            Assert.DoesNotContain(LifeEvents[0], ids.Skip(1));
            Assert.Equal(order.Max(i => all[i].Snapshot.UpdatedAt), record.Snapshot.UpdatedAt);
        });
    }

    [Fact]
    public void The_creation_that_a_cancellation_overtook_has_the_id_its_webhook_would_have_had()
    {
        var cancelled = SubscriptionRules.Decide(null, "cancelled", Given.CancelledAt(FirstCancelled), Given.Context, Now);
        var own = SubscriptionRules.Decide(null, "created", Given.Subscription, Given.Context, Now).Told[0];

        Assert.Equal([EventKind.SubscriptionCreated, EventKind.SubscriptionCancelled], cancelled.Told.Select(draft => draft.Kind));
        Assert.Equal(own.EventId, cancelled.Told[0].EventId);
        Assert.Equal(own.OccurredAt, cancelled.Told[0].OccurredAt);
        Assert.Empty(SubscriptionRules.Decide(cancelled.Next, "created", Given.Subscription, Given.Context, Now).Told);
    }

    [Fact]
    public void An_overtaken_creation_is_told_for_exactly_as_long_as_its_webhook_may_be_on_its_way()
    {
        var cancelled = Given.CancelledAt(Given.Start.AddHours(48));

        Assert.Equal(2, SubscriptionRules.Decide(null, "cancelled", cancelled, Given.Context, Given.Start.AddHours(48)).Told.Count);
        var late = SubscriptionRules.Decide(null, "cancelled", cancelled, Given.Context, Given.Start.AddHours(48).AddSeconds(1));
        Assert.Equal([EventKind.SubscriptionCancelled], late.Told.Select(draft => draft.Kind));
    }

    [Theory]
    [InlineData("cancelled", EventKind.SubscriptionCancelled)]
    [InlineData("activated", EventKind.SubscriptionActivated)]
    public void An_old_subscription_met_for_the_first_time_tells_only_what_its_topic_says(string action, EventKind kind)
    {
        var old = (action == "cancelled" ? Given.CancelledAt(Now) : Given.ActiveAt(Now)) with { CreatedAt = Given.Start.AddMonths(-6) };

        var told = Assert.Single(SubscriptionRules.Decide(null, action, old, Given.Context, Now).Told);
        Assert.Equal(kind, told.Kind);
        Assert.Equal(Now, told.OccurredAt);
    }

    [Fact]
    public void An_old_subscription_that_is_updated_tells_nothing()
    {
        var old = Given.ActiveAt(Now) with { CreatedAt = Given.Start.AddMonths(-6) };
        Assert.Empty(SubscriptionRules.Decide(null, "updated", old, Given.Context, Now).Told);
    }

    [Fact]
    public void An_update_never_tells_an_activation()
    {
        var cancelled = Apply([0, 1]).Record;
        var verdict = SubscriptionRules.Decide(cancelled, "updated", Given.ActiveAt(Activated), Given.Context, Now);

        Assert.Empty(verdict.Told);
        Assert.Equal(SubscriptionStatus.Active, verdict.Next.Snapshot.Status);
        Assert.Equal(EventKind.SubscriptionActivated, SubscriptionRules.Decide(verdict.Next, "activated", Given.ActiveAt(Activated), Given.Context, Now).Told[0].Kind);
    }

    [Fact]
    public void An_update_that_shows_a_fresh_cancellation_tells_it_under_the_id_of_the_cancellations_own_webhook()
    {
        var known = Apply([0]).Record;
        var updated = SubscriptionRules.Decide(known, "updated", Given.CancelledAt(FirstCancelled), Given.Context, Now);

        Assert.Equal(LifeEvents[1], Assert.Single(updated.Told).EventId);
        Assert.Empty(SubscriptionRules.Decide(updated.Next, "cancelled", Given.CancelledAt(FirstCancelled), Given.Context, Now).Told);
    }

    [Fact]
    public void A_deleted_subscription_stays_deleted()
    {
        var known = Apply([0]).Record;
        var deleted = SubscriptionRules.Decide(known, "deleted", Given.ActiveAt(Activated), Given.Context, Now).Next;
        var after = SubscriptionRules.Decide(deleted, "updated", Given.ActiveAt(Activated.AddHours(1)), Given.Context, Now);

        Assert.Equal(SubscriptionStatus.Deleted, deleted.Snapshot.Status);
        Assert.Null(deleted.Snapshot.NextChargeDate);
        Assert.Equal(deleted, after.Next);
        Assert.True(after.IsStale);
    }

    [Fact]
    public void A_creation_that_comes_after_the_deletion_is_still_told()
    {
        var bare = new SubscriptionSnapshot { Id = Given.SubscriptionId, CustomerId = Given.CustomerId };
        var deleted = SubscriptionRules.Decide(null, "deleted", bare, Given.Context, Now);
        var created = SubscriptionRules.Decide(deleted.Next, "created", Given.Subscription, Given.Context, Now);

        Assert.Empty(deleted.Told);
        Assert.Equal(LifeEvents[0], Assert.Single(created.Told).EventId);
        Assert.Equal(SubscriptionStatus.Deleted, created.Next.Snapshot.Status);
    }

    [Fact]
    public void A_next_charge_date_moved_within_the_same_updated_at_is_taken_over()
    {
        var known = Apply([0]).Record;
        var moved = Given.Subscription with { NextChargeDate = new DateOnly(2026, 4, 22) };
        var verdict = SubscriptionRules.Decide(known, "updated", moved, Given.Context, Now);

        Assert.Equal(new DateOnly(2026, 4, 22), verdict.Next.Snapshot.NextChargeDate);
        Assert.Empty(verdict.Told);
        Assert.False(verdict.IsStale);
    }

    [Fact]
    public void A_creation_that_arrives_after_a_change_of_the_same_second_does_not_undo_it()
    {
        var moved = Given.Subscription with { NextChargeDate = new DateOnly(2026, 4, 22) };
        var known = SubscriptionRules.Decide(null, "updated", moved, Given.Context, Now).Next;
        var verdict = SubscriptionRules.Decide(known, "created", Given.Subscription, Given.Context, Now);

        Assert.Equal(new DateOnly(2026, 4, 22), verdict.Next.Snapshot.NextChargeDate);
    }

    [Fact]
    public void Without_updated_at_the_message_is_believed()
    {
        var known = Apply([0]).Record;
        var cancelled = Given.CancelledAt(FirstCancelled) with { UpdatedAt = null };

        Assert.Equal(cancelled, SubscriptionRules.Decide(known, "cancelled", cancelled, Given.Context, Now).Next.Snapshot);
    }

    [Fact]
    public void A_cancellation_without_cancelled_at_is_told_at_updated_at()
    {
        var known = Apply([0]).Record;
        var cancelled = Given.CancelledAt(FirstCancelled) with { CancelledAt = null };

        var told = Assert.Single(SubscriptionRules.Decide(known, "cancelled", cancelled, Given.Context, Now).Told);
        Assert.Equal(FirstCancelled, told.OccurredAt);
    }

    [Fact]
    public void A_creation_without_any_time_is_told_at_its_arrival_and_once()
    {
        var bare = Given.Subscription with { CreatedAt = null, UpdatedAt = null };
        var first = SubscriptionRules.Decide(null, "created", bare, Given.Context, Now);

        Assert.Equal(Now, Assert.Single(first.Told).OccurredAt);
        Assert.Empty(SubscriptionRules.Decide(first.Next, "created", bare, Given.Context, Now.AddHours(1)).Told);
    }

    [Theory]
    [InlineData("created", SubscriptionStatus.Active)]
    [InlineData("activated", SubscriptionStatus.Active)]
    [InlineData("cancelled", SubscriptionStatus.Cancelled)]
    [InlineData("updated", SubscriptionStatus.Other)]
    public void An_unknown_status_is_read_from_the_topic_where_the_topic_says_it(string action, SubscriptionStatus expected)
    {
        var unknown = Given.Subscription with { Status = SubscriptionStatus.Other };
        Assert.Equal(expected, SubscriptionRules.Decide(null, action, unknown, Given.Context, Now).Next.Snapshot.Status);
    }

    [Theory]
    [InlineData("updated")]
    [InlineData("skipped")]
    public void What_a_reading_finds_from_before_the_connection_is_told_by_no_other_topic(string action)
    {
        var before = Given.Context.EventsSince.AddSeconds(-1);
        var old = Given.CancelledAt(before) with { CreatedAt = before.AddHours(-1) };
        var read = SubscriptionRules.Read(null, old, Given.Context, Now);

        Assert.Empty(SubscriptionRules.Decide(read, action, old, Given.Context, Now).Told);
    }

    [Fact]
    public void A_reading_never_swallows_a_webhook_of_its_own_however_the_clocks_differ()
    {
        // Recharge's times are whole seconds: what is created just after the connection looks older than it.
        var sameSecond = Given.Context.EventsSince.AddMilliseconds(-900);
        var fresh = Given.Subscription with { CreatedAt = sameSecond };
        var read = SubscriptionRules.Read(null, fresh, Given.Context, Now);
        var told = SubscriptionRules.Decide(read, "created", fresh, Given.Context, Now);

        Assert.Equal(LifeEvents[0], Assert.Single(told.Told).EventId);
        Assert.Empty(SubscriptionRules.Decide(told.Next, "created", fresh, Given.Context, Now).Told);
    }

    [Fact]
    public void What_a_reading_finds_from_after_the_connection_is_left_to_its_webhook()
    {
        var read = SubscriptionRules.Read(null, Given.CancelledAt(FirstCancelled), Given.Context, Now);

        var told = SubscriptionRules.Decide(read, "cancelled", Given.CancelledAt(FirstCancelled), Given.Context, Now).Told;
        Assert.Equal(LifeEvents[..2], told.Select(draft => draft.EventId));
    }

    [Fact]
    public void A_cancellation_after_the_reading_of_an_old_subscription_tells_only_the_cancellation()
    {
        var old = Given.Subscription with { CreatedAt = Given.Context.EventsSince.AddHours(-1) };
        var read = SubscriptionRules.Read(null, old, Given.Context, Now);
        var cancelled = Given.CancelledAt(FirstCancelled) with { CreatedAt = old.CreatedAt };

        Assert.Equal(LifeEvents[1], Assert.Single(SubscriptionRules.Decide(read, "cancelled", cancelled, Given.Context, Now).Told).EventId);
    }

    [Fact]
    public void A_reading_that_began_before_the_last_webhook_does_not_undo_it()
    {
        var known = SubscriptionRules.Decide(null, "updated", Given.Subscription with { NextChargeDate = new DateOnly(2026, 4, 22) }, Given.Context, Now).Next;

        Assert.Equal(known, SubscriptionRules.Read(known, Given.Subscription, Given.Context, Now.AddSeconds(-1)));
        Assert.Equal(Given.Subscription, SubscriptionRules.Read(known, Given.Subscription, Given.Context, Now.AddSeconds(1)).Snapshot);
    }

    [Fact]
    public void An_older_reading_does_not_undo_a_newer_state_and_keeps_what_was_told()
    {
        var known = Apply([0, 1]).Record;

        Assert.Equal(known, SubscriptionRules.Read(known, Given.Subscription, Given.Context, Now.AddHours(1)));
        var newer = SubscriptionRules.Read(known, Given.CancelledAt(FirstCancelled) with { UpdatedAt = Activated }, Given.Context, Now.AddHours(1));
        Assert.Equal(Activated, newer.Snapshot.UpdatedAt);
        Assert.Empty(SubscriptionRules.Decide(newer, "cancelled", Given.CancelledAt(FirstCancelled), Given.Context, Now).Told);
    }

    private static (SubscriptionRecord Record, List<EventDraft> Told) Apply(
        IEnumerable<int> order, (string Action, SubscriptionSnapshot Snapshot)[]? messages = null)
    {
        SubscriptionRecord? record = null;
        var told = new List<EventDraft>();
        foreach (var i in order)
        {
            var (action, snapshot) = (messages ?? Life)[i];
            var verdict = SubscriptionRules.Decide(record, action, snapshot, Given.Context, Now);
            record = verdict.Next;
            told.AddRange(verdict.Told);
        }

        return (record!, told);
    }

    private static IEnumerable<int[]> Sequences(int length, int of)
    {
        for (var number = 0; number < Math.Pow(of, length); number++)
        {
            var rest = number;
            var sequence = new int[length];
            for (var i = 0; i < length; i++, rest /= of)
                sequence[i] = rest % of;
            yield return sequence;
        }
    }

    [Fact]
    public void What_was_missed_while_it_was_switched_off_is_told_by_no_reading()
    {
        var record = new SubscriptionRecord { Snapshot = Given.CancelledAt(FirstCancelled), CreatedTold = true };
        Assert.Single(SubscriptionRules.Missed(record, Given.Context, Now, Now).Told);
        Assert.Empty(SubscriptionRules.Missed(record, Given.Context with { ToldSince = FirstCancelled.AddSeconds(1) }, Now, Now).Told);
    }

    [Fact]
    public void A_cancellation_that_was_told_with_another_time_is_not_told_again_by_a_reading()
    {
        // The webhook had no time of the cancellation, so it was told by updated_at.
        var told = SubscriptionRules.Decide(null, "cancelled", Given.CancelledAt(FirstCancelled.AddMinutes(1)) with { CancelledAt = null }, Given.Context, Now).Next;
        var read = SubscriptionRules.Read(told with { ChangedAt = null }, Given.CancelledAt(FirstCancelled) with { UpdatedAt = Now }, Given.Context, Now);

        Assert.Equal(FirstCancelled, read.Snapshot.CancelledAt);
        Assert.Empty(SubscriptionRules.Missed(read, Given.Context, Now, Now).Told);
    }

    [Fact]
    public void A_held_activation_that_a_reading_tells_is_waited_for_no_longer()
    {
        var known = SubscriptionRules.Decide(null, "created", Given.Subscription, Given.Context, Given.Start).Next;
        var held = SubscriptionRules.Decide(known, "activated", Given.ActiveAt(Activated), Given.Context, Activated).Next;
        Assert.NotNull(held.HeldSince);
        var verdict = SubscriptionRules.Missed(held with { LastCancelledAt = FirstCancelled }, Given.Context, Now, Now);

        Assert.Equal(EventKind.SubscriptionActivated, Assert.Single(verdict.Told).Kind);
        Assert.Null(verdict.Next.HeldSince);
        Assert.Empty(verdict.Next.ActivationsHeld);
    }
}
