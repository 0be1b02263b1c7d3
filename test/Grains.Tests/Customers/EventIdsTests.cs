using CsCheck;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class EventIdsTests
{
    [Fact]
    public void A_subscription_is_created_once_so_the_time_is_not_part_of_the_id() => Assert.Equal(
        EventIds.Of(EventKind.SubscriptionCreated, 5, Given.Start, "77"),
        EventIds.Of(EventKind.SubscriptionCreated, 5, Given.Start.AddDays(3), "77"));

    [Theory]
    [InlineData(EventKind.SubscriptionCancelled, "rc-77-5-cancelled-1773065100")]
    [InlineData(EventKind.SubscriptionActivated, "rc-77-5-activated-1773065100")]
    public void What_can_happen_again_has_its_second_in_the_id(EventKind kind, string expected) =>
        Assert.Equal(expected, EventIds.Of(kind, 5, Given.Start, "77"));

    [Fact]
    public void The_same_instant_in_another_offset_makes_the_same_id() => Assert.Equal(
        EventIds.Of(EventKind.SubscriptionCancelled, 5, Given.Start, "77"),
        EventIds.Of(EventKind.SubscriptionCancelled, 5, Given.Start.ToOffset(TimeSpan.FromHours(-5)).AddMilliseconds(900), "77"));

    [Fact]
    public void Two_ids_are_the_same_exactly_when_store_subscription_kind_and_second_are() => Gen.Select(Event, Event).Sample((one, other) =>
        Assert.Equal(Known(one) == Known(other), IdOf(one) == IdOf(other)));

    [Fact]
    public void Different_events_never_share_an_id()
    {
        var ids = new List<string>();
        foreach (var store in new[] { "77", "78" })
        {
            foreach (var id in new[] { 5L, 6L })
            {
                ids.Add(EventIds.Of(EventKind.SubscriptionCreated, id, Given.Start, store));
                ids.Add(EventIds.OfCharge(id, new DateOnly(2026, 4, 8), store));
                ids.Add(EventIds.OfCharge(id, new DateOnly(2026, 4, 9), store));
                foreach (var at in new[] { Given.Start, Given.Start.AddSeconds(1) })
                {
                    ids.Add(EventIds.Of(EventKind.SubscriptionCancelled, id, at, store));
                    ids.Add(EventIds.Of(EventKind.SubscriptionActivated, id, at, store));
                }
            }
        }

        Assert.Equal(28, ids.Count);
        Assert.Equal(ids.Distinct(), ids);
    }

    private static Gen<(int Kind, int Id, int Second, int Store)> Event => Gen.Select(Gen.Int[0, 2], Gen.Int[1, 12], Gen.Int[0, 1], Gen.Int[1, 12]);

    // A subscription is created once.
    private static (int, int, int, int) Known((int Kind, int Id, int Second, int Store) of) => of.Kind == 0 ? (0, of.Id, 0, of.Store) : of;

    private static string IdOf((int Kind, int Id, int Second, int Store) of) =>
        EventIds.Of((EventKind)of.Kind, of.Id, Given.Start.AddSeconds(of.Second), $"{of.Store}");
}
