using System.Text.Json;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class ChargeRulesTests
{
    private static readonly DateOnly Date = Given.Charge.ScheduledAt;

    [Theory]
    [InlineData(8, false)]
    [InlineData(7, true)]
    [InlineData(3, true)]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void A_charge_is_announced_from_seven_days_before_until_its_day(int daysBefore, bool announced)
    {
        var draft = Decide([], Given.Charge, Date.AddDays(-daysBefore));

        Assert.Equal(announced, draft is not null);
        if (draft is not null)
            Assert.Equal(daysBefore, JsonDocument.Parse(draft.PropertiesJson).RootElement.GetProperty("days_before").GetInt32());
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(14, true)]
    public void A_connection_may_choose_another_lead_time(int daysBefore, bool announced)
    {
        var context = Given.Context with { UpcomingChargeDays = 14 };
        Assert.Equal(announced, ChargeRules.Decide([], Given.Charge, Date.AddDays(-daysBefore), context, Given.Start) is not null);
    }

    [Fact]
    public void An_announcement_happens_when_it_is_made()
    {
        var draft = Decide([], Given.Charge, Date.AddDays(-7));

        Assert.Equal(EventKind.UpcomingCharge, draft!.Kind);
        Assert.Equal("rc-77-800100511-upcoming-20260408", draft.EventId);
        Assert.Equal(Given.Start, draft.OccurredAt);
        Assert.Null(draft.SubscriptionId);
    }

    [Fact]
    public void The_same_address_and_date_is_announced_once_under_whatever_charge_id()
    {
        var today = Date.AddDays(-7);
        var announced = ChargeRules.With([], Given.Charge, today);
        var rebuilt = Given.Charge with { Id = 1500100999, Items = [] };

        Assert.Null(Decide(announced, rebuilt, today));
        Assert.Null(Decide(announced, rebuilt, Date));
    }

    [Fact]
    public void Another_address_or_another_date_is_announced_by_itself()
    {
        var today = Date.AddDays(-7);
        var announced = ChargeRules.With([], Given.Charge, today);

        Assert.NotNull(Decide(announced, Given.Charge with { AddressId = 800100512 }, today));
        Assert.NotNull(Decide(announced, Given.Charge with { ScheduledAt = Date.AddDays(-1) }, today));
    }

    [Fact]
    public void A_charge_moved_away_and_back_is_not_announced_again()
    {
        var today = Date.AddDays(-7);
        var announced = ChargeRules.With([], Given.Charge, today);
        var moved = Given.Charge with { ScheduledAt = Date.AddDays(-2) };
        announced = ChargeRules.With(announced, moved, today);

        Assert.Null(Decide(announced, Given.Charge, today));
    }

    [Fact]
    public void Dates_are_forgotten_thirty_days_after_they_passed_and_not_before()
    {
        var announced = ChargeRules.With([], Given.Charge, Date.AddDays(-7));
        var next = Given.Charge with { ScheduledAt = Date.AddDays(40) };

        Assert.Equal([Date, next.ScheduledAt], ChargeRules.With(announced, next, Date.AddDays(30)).Select(charge => charge.Date));
        Assert.Equal([next.ScheduledAt], ChargeRules.With(announced, next, Date.AddDays(31)).Select(charge => charge.Date));
    }

    [Theory]
    [InlineData("skipped")]
    [InlineData("success")]
    public void Only_queued_charges_are_announced(string status)
    {
        var charge = Given.Charge with { IsQueued = status == "queued" };

        Assert.Null(Decide([], charge, Date));
        Assert.Equal(ChargeNews.None, ChargeRules.NewsOf([], charge, Date, Given.Context));
    }

    [Fact]
    public void A_charge_moved_from_20_days_to_7_to_6_to_30_and_back_to_7_is_announced_once_for_each_date_in_the_window()
    {
        var today = Date.AddDays(-20);
        var announced = new List<AnnouncedCharge>();
        var told = new List<string>();
        foreach (var days in new[] { 20, 7, 6, 30, 7 })
        {
            var charge = Given.Charge with { Id = 1_500_000 + told.Count, ScheduledAt = today.AddDays(days) };
            var (moved, changes) = ChargeRules.Moved(announced, [charge], today, Given.Context, Given.Start);
            announced = moved;
            told.AddRange(changes.Select(draft => draft.EventId));
            if (Decide(announced, charge, today) is { } draft)
            {
                announced = ChargeRules.With(announced, charge, today);
                told.Add(draft.EventId);
            }
        }

        Assert.Equal(
            [
                "rc-77-800100511-upcoming-20260326",
                "rc-77-800100511-moved-20260326-20260325",
                "rc-77-800100511-upcoming-20260325",
                "rc-77-800100511-moved-20260325-20260418",
                "rc-77-800100511-moved-20260418-20260326",
            ],
            told);
    }

    [Fact]
    public void A_moved_charge_tells_its_old_and_its_new_date()
    {
        var today = Date.AddDays(-7);
        var (_, told) = ChargeRules.Moved(ChargeRules.With([], Given.Charge, today), [Given.Charge with { ScheduledAt = Date.AddDays(9) }], today, Given.Context, Given.Start);

        var draft = Assert.Single(told);
        Assert.Equal(EventKind.UpcomingChargeChanged, draft.Kind);
        var properties = JsonDocument.Parse(draft.PropertiesJson).RootElement;
        Assert.Equal("2026-04-08", properties.GetProperty("old_charge_date").GetString());
        Assert.Equal("2026-04-17", properties.GetProperty("new_charge_date").GetString());
        Assert.Equal(16, properties.GetProperty("days_before").GetInt32());
        Assert.Equal("8200311", properties.GetProperty("product_id")[0].GetString());
    }

    [Fact]
    public void A_charge_that_was_skipped_paid_or_given_up_was_not_moved()
    {
        var today = Date.AddDays(-7);
        var announced = ChargeRules.With([], Given.Charge, today);
        var next = Given.Charge with { ScheduledAt = Date.AddDays(30) };

        Assert.Empty(Told(announced, [Given.Charge with { IsQueued = false }, next], today));
        Assert.Empty(Told(announced, [], today));
        // What is left of the address brings something else.
        Assert.Empty(Told(announced, [next with { Items = [new ChargeItem { PurchaseItemId = 1 }] }], today));
        Assert.Empty(Told(announced, [next with { AddressId = 5 }], today));
        // On its day it is charged, and the next one is queued.
        Assert.Empty(Told(announced, [next], Date));
        Assert.Single(Told(announced, [next], Date.AddDays(-1)));
    }

    [Fact]
    public void A_webhook_s_charge_is_news_if_its_date_was_not_announced_or_something_announced_is_in_it()
    {
        var today = Date.AddDays(-7);
        var announced = ChargeRules.With([], Given.Charge, today);
        var quiet = Given.Context with { Events = EventKinds.Usual };

        Assert.Equal(ChargeNews.New, ChargeRules.NewsOf([], Given.Charge, today, Given.Context));
        Assert.Equal(ChargeNews.None, ChargeRules.NewsOf(announced, Given.Charge with { Id = 9 }, today, Given.Context));
        Assert.Equal(ChargeNews.MayHaveMoved, ChargeRules.NewsOf(announced, Given.Charge with { ScheduledAt = Date.AddDays(20) }, today, Given.Context));
        Assert.Equal(ChargeNews.New, ChargeRules.NewsOf(announced, Given.Charge with { ScheduledAt = Date.AddDays(20) }, today, quiet));
        // After its day the next one is queued as usual.
        Assert.Equal(ChargeNews.New, ChargeRules.NewsOf(announced, Given.Charge with { ScheduledAt = Date.AddDays(20) }, Date, Given.Context));
        Assert.Equal(ChargeNews.None, ChargeRules.NewsOf([], Given.Charge, today, Given.Context with { Events = [EventKind.SubscriptionCreated] }));
    }

    private static List<EventDraft> Told(List<AnnouncedCharge> announced, IReadOnlyList<ChargeSnapshot> charges, DateOnly today) =>
        ChargeRules.Moved(announced, charges, today, Given.Context, Given.Start).Told;

    private static EventDraft? Decide(IReadOnlyList<AnnouncedCharge> announced, ChargeSnapshot charge, DateOnly today) =>
        ChargeRules.Decide(announced, charge, today, Given.Context, Given.Start);
}
