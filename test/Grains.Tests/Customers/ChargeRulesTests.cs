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

        Assert.Equal(
            [new AnnouncedCharge(800100511, Date), new AnnouncedCharge(800100511, next.ScheduledAt)],
            ChargeRules.With(announced, next, Date.AddDays(30)));
        Assert.Equal([new AnnouncedCharge(800100511, next.ScheduledAt)], ChargeRules.With(announced, next, Date.AddDays(31)));
    }

    private static EventDraft? Decide(IReadOnlyList<AnnouncedCharge> announced, ChargeSnapshot charge, DateOnly today) =>
        ChargeRules.Decide(announced, charge, today, Given.Context, Given.Start);
}
