using RechargeGrains.Accounts;
using RechargeGrains.Api.Pages.SetUp;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.SetUp;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tests.Pages.SetUp;

public sealed class SetUpRulesTests
{
    private static readonly AccountInfo[] Accounts = [Account("acc_o", AccountKind.Ometria), Account("acc_r", AccountKind.Recharge)];

    private static readonly SetUpDraft Whole = new()
    {
        Step = (int)SetUpStep.Finish,
        OmetriaAccountId = "acc_o",
        RechargeAccountId = "acc_r",
        CustomersStartDate = DateTimeOffset.UnixEpoch.AddYears(40),
    };

    [Fact]
    public void A_draft_that_holds_stays_as_it_is() => Assert.Same(Whole, SetUpRules.Fit(Whole, Accounts));

    [Fact]
    public void A_vanished_account_is_chosen_again_at_its_step()
    {
        Assert.Equal(Whole with { OmetriaAccountId = null, Step = (int)SetUpStep.Ometria }, SetUpRules.Fit(Whole, [Accounts[1]]));
        Assert.Equal(Whole with { RechargeAccountId = null, Step = (int)SetUpStep.Recharge }, SetUpRules.Fit(Whole, [Accounts[0]]));
    }

    [Fact]
    public void An_account_of_the_other_service_is_none() =>
        Assert.Equal((int)SetUpStep.Recharge, SetUpRules.Fit(Whole with { RechargeAccountId = "acc_o" }, Accounts).Step);

    [Theory]
    [InlineData(-1, SetUpStep.Ometria)]
    [InlineData((int)SetUpStep.Fields, SetUpStep.Fields)]
    [InlineData((int)SetUpStep.Finish, SetUpStep.Start)]
    [InlineData(99, SetUpStep.Start)]
    public void No_step_comes_before_what_it_builds_on(int step, object expected) =>
        Assert.Equal((int)(SetUpStep)expected, SetUpRules.Fit(Whole with { CustomersStartDate = null, Step = step }, Accounts).Step);

    [Fact]
    public void Before_anybody_chose_the_usual_events_are_chosen_as_far_as_they_are_enabled()
    {
        var enablement = Enabled(EventKind.UpcomingChargeChanged, EventKind.UpcomingCharge, EventKind.SubscriptionCreated);

        Assert.Equal([EventKind.SubscriptionCreated, EventKind.UpcomingCharge], SetUpRules.EventsOf(new SetUpDraft(), enablement));
        Assert.Equal([EventKind.UpcomingChargeChanged], SetUpRules.EventsOf(new SetUpDraft { CustomEvents = [EventKind.UpcomingChargeChanged] }, enablement));
        Assert.Empty(SetUpRules.EventsOf(new SetUpDraft { CustomEvents = [EventKind.SubscriptionCancelled] }, enablement));
        Assert.Empty(SetUpRules.EventsOf(new SetUpDraft { CustomEvents = [] }, enablement));
    }

    [Fact]
    public void An_event_that_has_to_be_asked_for_is_offered_once_it_is_enabled()
    {
        Assert.Equal(EventKinds.Usual, SetUpRules.OfferedEvents(Enablement.None));
        Assert.Equal(EventKinds.All, SetUpRules.OfferedEvents(Enabled(EventKind.UpcomingChargeChanged)));
    }

    private static Enablement Enabled(params EventKind[] kinds) => new() { Recharge = true, CustomEvents = kinds };

    private static AccountInfo Account(string id, AccountKind kind) => new()
    {
        AccountId = id,
        Kind = kind,
        Name = id,
        KeyHint = "",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
