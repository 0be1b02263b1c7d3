using RechargeGrains.Grains.Ometria;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Tests.Ometria;

public sealed class SlotBookTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddSeconds(100);

    [Fact]
    public void What_fits_keeps_its_own_timestamp()
    {
        var occurred = Now.AddHours(-3);
        Assert.Equal(occurred, new SlotBook().Take(new StampRequest("created", occurred, false, null), Now).Stamp);
    }

    [Fact]
    public void A_mass_is_spread_over_slots_with_at_most_a_thousand_each_in_order()
    {
        var book = new SlotBook();
        var stamps = Enumerable.Range(0, 3_000).Select(_ => book.Take(new StampRequest("upcoming", Now, false, null), Now).Stamp).ToList();

        Assert.Equal(stamps.Order(), stamps);
        var slots = stamps.GroupBy(SlotOf).OrderBy(group => group.Key).ToList();
        Assert.Equal([SlotBook.MostNow, SlotBook.Most, SlotBook.Most, 3_000 - SlotBook.MostNow - 2 * SlotBook.Most], slots.Select(group => group.Count()));
        Assert.All(stamps.Take(SlotBook.MostNow), stamp => Assert.Equal(Now, stamp));
        Assert.Equal(slots[0].Key + 3, slots[^1].Key);
        // Spread over a slot, so that no window of five minutes has many more than a slot's.
        Assert.InRange(slots[1].Max() - slots[1].Min(), TimeSpan.FromSeconds(290), SlotBook.Slot);
    }

    [Fact]
    public void Event_types_do_not_take_each_others_room()
    {
        var book = new SlotBook();
        for (var i = 0; i < 2_000; i++)
            book.Take(new StampRequest("created", Now, false, null), Now);
        Assert.Equal(Now, book.Take(new StampRequest("cancelled", Now, false, null), Now).Stamp);
    }

    [Fact]
    public void A_backlog_leaves_room_for_what_happens_just_now()
    {
        var book = new SlotBook();
        for (var i = 0; i < 20_000; i++)
            book.Take(new StampRequest("created", Now, true, null), Now);
        Assert.Equal(Now, book.Take(new StampRequest("created", Now, false, null), Now).Stamp);
    }

    [Fact]
    public void A_customers_next_event_does_not_overtake_one_that_was_moved_into_the_future()
    {
        var future = Now.AddMinutes(31);
        var (stamp, mustBeKept) = new SlotBook().Take(new StampRequest("cancelled", Now, false, future), Now);
        Assert.True(stamp > future);
        Assert.True(mustBeKept);
    }

    [Fact]
    public void Only_what_could_be_forgotten_without_harm_need_not_be_written_down()
    {
        var book = new SlotBook();
        var kept = Enumerable.Range(0, 1_200).Select(_ => book.Take(new StampRequest("created", Now, false, null), Now).MustBeKept).ToList();
        Assert.True(kept.TakeWhile(mustBeKept => !mustBeKept).Count() <= SlotBook.Most - SlotBook.MostNow);
        Assert.All(kept.SkipWhile(mustBeKept => !mustBeKept), Assert.True);
    }

    [Fact]
    public void Slots_that_have_passed_are_forgotten()
    {
        var book = new SlotBook();
        for (var i = 0; i < 2_500; i++)
            book.Take(new StampRequest("created", Now, false, null), Now);
        book.Forget(Now.Add(SlotBook.Slot));
        Assert.Equal(2, book.Counts["created"].Count);
        book.Forget(Now.AddHours(1));
        Assert.Empty(book.Counts);
    }

    private static long SlotOf(DateTimeOffset stamp) => stamp.UtcTicks / SlotBook.Slot.Ticks;
}
