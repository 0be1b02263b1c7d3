using CsCheck;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Tests.Customers.Histories;

/// <summary>Holds readings to telling what webhooks did not, over random lives of which webhooks are lost, late and repeated.</summary>
public sealed class ReconciliationHistoryTests
{
    private const int Runs = 4_000;

    [Fact]
    public void Whatever_is_lost_and_whenever_it_is_read_nothing_is_told_twice_and_nothing_that_never_happened() => Lives.Sample(
        delivery =>
        {
            var listener = Reading(delivery);
            foreach (var transition in delivery.Lives[0].Transitions)
                listener.Hear(transition, 1, delivery.End);

            AssertEachAtMostOnce(delivery.Lives[0], listener);
        },
        iter: Runs);

    [Fact]
    public void A_reading_at_the_end_tells_what_the_last_state_shows() => Lives.Sample(
        delivery =>
        {
            var listener = Reading(delivery);
            var life = delivery.Lives[0];

            Assert.Contains(life.Transitions[0].EventId, listener.Ids);
            var last = life.Events.Last();
            if (last.Action == "cancelled")
                Assert.Contains(last.EventId, listener.Ids);
            else if (last.Action == "activated" && listener.Records[1].LastCancelledAt >= life.CancellationBefore(last).At)
                Assert.Single(listener.Told, draft => draft.Kind == EventKind.SubscriptionActivated && draft.OccurredAt >= life.CancellationBefore(last).At);
            AssertEachAtMostOnce(life, listener);
        },
        iter: Runs);

    [Fact]
    public void A_second_reading_tells_nothing() => Lives.Sample(
        delivery =>
        {
            var listener = Reading(delivery);
            var told = listener.Told.Count;
            listener.Reconcile(End(delivery), delivery.End);

            Assert.Equal(told, listener.Told.Count);
        },
        iter: Runs);

    [Fact]
    public void What_happened_before_the_connection_is_not_told() => Gen.Select(Lives, Gen.Int[0, 172_800]).Sample(
        (delivery, second) =>
        {
            var since = Given.Start.AddSeconds(second);
            var arrivals = delivery.Arrivals.Where(arrival => arrival.Webhook is null ? arrival.ReadAt >= since : arrival.Webhook.At >= since);
            var listener = Reading(Delivery.InOrder(delivery.Lives, arrivals), Given.Context with { EventsSince = since, CustomersStartDate = since });

            Assert.DoesNotContain(listener.Told, draft => draft.OccurredAt < since);
        },
        iter: Runs);

    /// <summary>Lives of cancelled and activated in turn and changed in between, with webhooks lost, and readings in between.</summary>
    private static Gen<Delivery> Lives => SubscriptionLife.RandomTurns(1).SelectMany(life =>
        Gen.Select(Arrival.Webhooks([life], fewest: 0), Arrival.Readings([life]), (webhooks, readings) => Delivery.InOrder([life], [.. webhooks, .. readings])));

    private static Listener Reading(Delivery delivery, CustomerContext? context = null)
    {
        var listener = new Listener(context ?? Given.Context);
        foreach (var arrival in delivery.Arrivals)
        {
            if (arrival.Webhook is null)
                listener.Reconcile(arrival, arrival.ReadAt.AddMinutes(-30));
            else
                listener.Hear(arrival);
        }

        listener.Reconcile(End(delivery), delivery.End);
        return listener;
    }

    private static Arrival End(Delivery delivery) => new(delivery.End, 0, delivery.Lives[0], null, delivery.End);

    /// <summary>An activation that was read shows a later second than it happened in: it stands for the last one up to then.</summary>
    private static void AssertEachAtMostOnce(SubscriptionLife life, Listener listener)
    {
        Assert.Equal(listener.Ids.Distinct(), listener.Ids);
        var happened = listener.Told.Select(draft => draft.Kind == EventKind.SubscriptionActivated
            ? life.Events.Last(transition => transition.At <= draft.OccurredAt)
            : life.Transitions.Single(transition => transition.EventId == draft.EventId)).ToList();
        Assert.All(listener.Told.Zip(happened), pair => Assert.Equal(
            pair.First.Kind, pair.Second.Action switch { "created" => EventKind.SubscriptionCreated, "cancelled" => EventKind.SubscriptionCancelled, _ => EventKind.SubscriptionActivated }));
        Assert.Equal(happened.Distinct(), happened);
    }
}
