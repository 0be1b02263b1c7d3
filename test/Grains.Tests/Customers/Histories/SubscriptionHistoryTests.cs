using CsCheck;
using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers.Histories;

/// <summary>Holds the rules for subscriptions to their promises over random lives and whatever the network does to their webhooks.</summary>
public sealed class SubscriptionHistoryTests
{
    private const int Runs = 2_000;

    /// <summary>What a subscription takes in its customer's record, whatever it went through.</summary>
    private const int MostBytes = 1_500;

    [Fact]
    public void What_arrives_is_told_once_and_nothing_is_told_that_never_happened() => Delivery.Random(fewest: 0).Sample(
        delivery =>
        {
            var listener = Listener.Of(delivery);
            // An activation without its cancellation waits until that can no longer come and the subscription is heard of again.
            foreach (var life in delivery.Lives.Where(life => life.Transitions.Any(delivery.Brings)))
                listener.Hear(new Transition("updated", life.Last.At, life.Last.Shown, null), life.Id, delivery.End);
            var ids = listener.Ids;

            Assert.Equal(ids.Distinct(), ids);
            Assert.Subset(delivery.Lives.SelectMany(life => life.Events).Select(transition => transition.EventId!).ToHashSet(), ids.ToHashSet());
            foreach (var life in delivery.Lives)
            {
                foreach (var arrived in life.Events.Where(delivery.Brings))
                    Assert.True(ids.Contains(arrived.EventId) || IsBeyondTheLimits(life, arrived, delivery, ids), $"{arrived} was not told.");
            }
        },
        iter: Runs);

    [Fact]
    public void Whatever_the_order_the_same_events_are_told_with_the_same_times_and_creation_goes_first() => Delivery.Random(fewest: 1).Sample(
        delivery =>
        {
            var listener = Listener.Of(delivery);

            Assert.Equal(
                delivery.Lives.SelectMany(life => life.Events).Select(transition => (transition.EventId!, transition.At)).Order(),
                listener.Told.Select(draft => (draft.EventId, draft.OccurredAt)).Order());
            foreach (var life in delivery.Lives)
                Assert.Equal(life.Transitions[0].EventId, listener.Told.First(draft => draft.SubscriptionId == life.Id).EventId);
        },
        iter: Runs);

    [Fact]
    public void A_cancellation_is_never_told_before_the_creation_whatever_is_lost() => Delivery.Random(fewest: 0).Sample(
        delivery =>
        {
            foreach (var told in Listener.Of(delivery).Told.GroupBy(draft => draft.SubscriptionId))
                Assert.DoesNotContain(told.Skip(1), draft => draft.Kind == EventKind.SubscriptionCreated);
        },
        iter: Runs);

    [Fact]
    public void What_happened_before_the_connection_is_told_by_no_reading_and_keeps_nothing_later_from_being_told() =>
        Delivery.Random(fewest: 1).SelectMany(all => Gen.Select(Gen.Int[0, 172_800], Gen.Bool, (second, isImported) =>
        {
            var since = Given.Start.AddSeconds(second);
            var arrivals = all.Arrivals.Where(arrival => arrival.Webhook is null ? arrival.ReadAt >= since : arrival.Webhook.At >= since);
            var import = all.Lives.Select(life => new Arrival(since, int.MinValue, life, null, since));
            return (Since: since, IsImported: isImported, Delivery: Delivery.InOrder(all.Lives, isImported ? [.. import, .. arrivals] : arrivals));
        })).Sample(
        (since, isImported, delivery) =>
        {
            var listener = Listener.Of(delivery, Given.Context with { EventsSince = since });
            foreach (var life in delivery.Lives.Where(life => life.Transitions.Any(delivery.Brings)))
                listener.Hear(new Transition("updated", life.Last.At, life.Last.Shown, null), life.Id, delivery.End);
            var ids = listener.Ids;

            Assert.Equal(ids.Distinct(), ids);
            foreach (var life in delivery.Lives)
            {
                foreach (var transition in life.Events)
                {
                    if (transition.At >= since)
                        Assert.True(ids.Contains(transition.EventId) || IsBeyondTheLimits(life, transition, delivery, ids), $"{transition} was not told.");
                    else if (isImported || transition.Action != "created")
                        Assert.DoesNotContain(transition.EventId, ids);
                }
            }
        },
        iter: Runs);

    [Fact]
    public void Webhooks_in_order_tell_the_events_in_the_order_they_happened() => Delivery.Customers.SelectMany(lives =>
        Gen.Select(Arrival.Webhooks(lives, fewest: 0), Arrival.Readings(lives), (repeats, readings) =>
        {
            // Every webhook at once, repeats whenever they like.
            var happened = lives.SelectMany(life => life.Transitions.Select((transition, i) => new Arrival(transition.At, i - 1_000_000, life, transition)));
            return Delivery.InOrder(lives, [.. happened, .. repeats.Select(repeat => repeat with { Tie = int.MaxValue }), .. readings]);
        })).Sample(
        delivery =>
        {
            var told = Listener.Of(delivery).Told;
            foreach (var life in delivery.Lives)
                Assert.Equal(life.Events.Select(transition => transition.EventId), told.Where(draft => draft.SubscriptionId == life.Id).Select(draft => draft.EventId));
        },
        iter: Runs);

    [Fact]
    public void When_everything_has_arrived_the_newest_state_is_known_and_a_reading_makes_the_numbers_exact() => Delivery.Random(fewest: 1).Sample(
        delivery =>
        {
            var listener = Listener.Of(delivery);
            foreach (var life in delivery.Lives)
            {
                var known = listener.Records[life.Id].Snapshot;
                if (life.Status == SubscriptionStatus.Deleted)
                {
                    Assert.Equal(SubscriptionStatus.Deleted, known.Status);
                    continue;
                }

                // Times are whole seconds: of changes within the last one, any but the creation may have come last.
                var newest = life.Transitions.Where(transition => transition.At == life.Last.At).ToList();
                Assert.Contains(known, newest.Where(transition => newest.Count == 1 || transition.Action != "created").Select(transition => transition.Shown));
            }

            foreach (var life in delivery.Lives)
                listener.Hear(new Arrival(delivery.End, 0, life, null, delivery.End));
            var active = delivery.Lives.Count(life => life.Status == SubscriptionStatus.Active);
            Assert.Equal(
                active == 0 ? new ContactNumbers(0, 0) : new ContactNumbers(delivery.Lives.Count, active),
                CountRules.Count(listener.Records.Values.Select(record => record.Snapshot)));
            Assert.All(
                delivery.Lives.Where(life => life.Status != SubscriptionStatus.Deleted),
                life => Assert.Equal(life.Last.Shown, listener.Records[life.Id].Snapshot));
        },
        iter: Runs);

    [Fact]
    public void A_repeat_hours_or_weeks_later_and_in_another_process_tells_nothing() =>
        Gen.Select(Delivery.Random(fewest: 1), Gen.Select(Gen.Int[0, 1_000], Gen.Int[1, 1_000]).Array[1, 20]).Sample(
            (delivery, repeats) =>
            {
                var listener = Listener.Of(delivery);
                listener.Restart();
                var (before, told) = (listener.Records.ToDictionary(), listener.Told.Count);
                var webhooks = delivery.Arrivals.Where(arrival => arrival.Webhook is not null).ToList();
                foreach (var (which, hour) in repeats.OrderBy(repeat => repeat.Item2))
                {
                    var repeat = webhooks[which % webhooks.Count];
                    listener.Hear(repeat.Webhook!, repeat.Life.Id, delivery.End.AddHours(hour));
                }

                Assert.Equal(told, listener.Told.Count);
                foreach (var life in delivery.Lives.Where(life => life.Transitions.Count(transition => transition.At == life.Last.At) == 1))
                    Assert.Equal(before[life.Id], listener.Records[life.Id]);
            },
            iter: Runs);

    [Fact]
    public void What_is_stored_between_two_messages_is_all_that_counts() => Delivery.Random(fewest: 0).Sample(
        delivery =>
        {
            var restarted = new Listener(Given.Context);
            foreach (var arrival in delivery.Arrivals)
            {
                restarted.Hear(arrival);
                restarted.Restart();
            }

            Assert.Equal(Listener.Of(delivery).Told, restarted.Told);
        },
        iter: 500);

    [Fact]
    public void A_cancellation_that_is_late_is_still_told_before_the_activation_that_undid_it() => SubscriptionLife.RandomRounds(1).SelectMany(life =>
        Arrival.Delays.Array[life.Transitions.Count].Select(delays => Delivery.InOrder([life], life.Transitions.Select((transition, i) =>
            new Arrival(transition.At.AddSeconds(transition.Action == "cancelled" ? Math.Min(delays[i], (int)ActivationRules.WaitsFor.TotalSeconds - 1) : 0), i, life, transition))))).Sample(
        delivery =>
        {
            var ids = Listener.Of(delivery).Ids.ToList();
            var life = delivery.Lives[0];
            foreach (var activation in life.Events.Where(transition => transition.Action == "activated"))
                Assert.InRange(ids.IndexOf(activation.EventId!), ids.IndexOf(life.CancellationBefore(activation).EventId!) + 1, ids.Count);
        },
        iter: Runs);

    [Fact]
    public void An_activation_that_is_rendered_anew_is_told_once() => SubscriptionLife.RandomRounds(1).SelectMany(life =>
        Gen.Select(Arrival.Webhooks([life], fewest: 1), Gen.Select(Gen.Int[1, 172_800], Arrival.Delays).Array[life.Transitions.Count * 2], (sent, anew) =>
        {
            // In time for each other: a cancellation that comes after the wait for it cannot tell a repeat from another activation.
            var webhooks = sent.Select(arrival => arrival with { At = Min(arrival.At, arrival.Webhook!.At + ActivationRules.WaitsFor.Subtract(TimeSpan.FromSeconds(1))) }).ToList();
            List<Arrival> all = [.. webhooks];
            foreach (var (later, i) in anew.Select((later, i) => (later, i / 2)))
            {
                var original = life.Transitions[i];
                var until = i + 1 < life.Transitions.Count ? life.Transitions[i + 1].At : DateTimeOffset.MaxValue;
                var first = webhooks.Where(arrival => arrival.Webhook == original).MinBy(arrival => (arrival.At, arrival.Tie))!;
                var at = original.At.AddSeconds(later.Item1);
                // It shows the subscription before the next transition and comes after the first attempt.
                if (original.Action == "activated" && at < until && at <= original.At + Arrival.Longest)
                    all.Add(new Arrival(Max(at, first.At).AddSeconds(later.Item2 + 1), 0, life, original with { Shown = original.Shown with { UpdatedAt = at } }));
            }

            return Delivery.InOrder([life], all);
        })).Sample(
        delivery => Assert.Equal(delivery.Lives[0].Events.Select(transition => transition.EventId).Order(), Listener.Of(delivery).Ids.Order()),
        iter: Runs);

    [Fact]
    public void A_thousand_rounds_take_little_room_and_no_repeat_of_them_tells_anything() =>
        Gen.Select(Gen.Int[0, 3].Array[2_001], Gen.Int[0, 2_000].Array[200]).Sample(
            (places, repeats) =>
            {
                // Each webhook is late by up to three places, as many as there are in an hour and a half.
                var life = SubscriptionLife.Rounds(1, rounds: 1_000, secondsApart: 1_800);
                var arrivals = Delivery.InOrder([life], life.Transitions.Select((transition, i) => new Arrival(transition.At.AddSeconds(places[i] * 1_800), i, life, transition)));
                var listener = new Listener(Given.Context);
                foreach (var arrival in arrivals.Arrivals)
                {
                    listener.Hear(arrival);
                    Assert.InRange(Listener.Stored(listener.Records[1]).Length, 0, MostBytes);
                }

                Assert.Equal(life.Events.Select(transition => transition.EventId).Order(), listener.Ids.Order());
                var told = listener.Told.Count;
                foreach (var repeat in repeats)
                    listener.Hear(life.Transitions[repeat], 1, arrivals.End);
                Assert.Equal(told, listener.Told.Count);
            },
            iter: 10);

    [Fact]
    public void However_much_is_lost_of_a_thousand_rounds_they_take_no_more_room() =>
        Gen.Select(Gen.Frequency((1, Gen.Const(0)), (3, Gen.Const(1)), (1, Gen.Const(2))).Array[2_001], Gen.Bool).Sample(
            (copies, isCancellationLost) =>
            {
                var life = SubscriptionLife.Rounds(1, rounds: 1_000, secondsApart: 60);
                var listener = new Listener(Given.Context);
                foreach (var (transition, i) in life.Transitions.Select((transition, i) => (transition, i)))
                {
                    for (var copy = 0; copy < copies[i] && !(isCancellationLost && transition.Action == "cancelled"); copy++)
                        listener.Hear(transition, 1, transition.At);
                }

                Assert.InRange(Listener.Stored(listener.Records[1]).Length, 0, MostBytes);
            },
            iter: 20);

    /// <summary>
    /// An activation that follows another one within 48 hours cannot be told from a repeat of it if the cancellation between them is
    /// lost, or if one was lost and the other activation shares its second, so that it cannot be known which of the two came first.
    /// </summary>
    private static bool IsBeyondTheLimits(SubscriptionLife life, Transition activation, Delivery delivery, IReadOnlyList<string> told)
    {
        if (activation.Action != "activated")
            return false;
        var cancelled = life.CancellationBefore(activation);
        var others = life.Events.Where(other => other.Action == "activated" && other != activation).ToList();
        var isUnclear = !delivery.Brings(cancelled)
            || (others.Any(other => other.At == cancelled.At) && !life.Events.All(delivery.Brings));
        return isUnclear
            && others.Any(other => other.At < activation.At && activation.At - other.At <= Arrival.Longest && told.Contains(other.EventId));
    }

    private static DateTimeOffset Min(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Max(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
