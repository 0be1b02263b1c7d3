using RechargeGrains.Api.Pages.Staff.Tenants;
using RechargeGrains.Connections;
using RechargeGrains.Customers;

namespace RechargeGrains.Api.Tests.Pages.Staff;

public sealed class EnablementRulesTests
{
    private static readonly Enablement Shown = new() { Recharge = true, CustomEvents = [EventKind.SubscriptionCreated, EventKind.UpcomingCharge] };

    [Fact]
    public void What_is_kept_in_another_order_is_the_same() =>
        Assert.Null(EnablementRules.RefusalOf(Shown, Shown with { CustomEvents = [EventKind.UpcomingCharge, EventKind.SubscriptionCreated] }));

    [Fact]
    public void What_somebody_else_saved_is_not_overwritten()
    {
        Assert.Equal("changed_meanwhile", EnablementRules.RefusalOf(Shown, Shown with { Recharge = false })?.Code);
        Assert.Equal("changed_meanwhile", EnablementRules.RefusalOf(Shown, Shown with { CustomEvents = [EventKind.UpcomingCharge] })?.Code);
    }
}
