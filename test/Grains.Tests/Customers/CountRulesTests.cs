using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class CountRulesTests
{
    [Fact]
    public void The_total_counts_every_subscription_ever_while_one_is_active() => Assert.Equal(
        new ContactNumbers(5, 1),
        Count(SubscriptionStatus.Active, SubscriptionStatus.Cancelled, SubscriptionStatus.Expired, SubscriptionStatus.Deleted, SubscriptionStatus.Other));

    [Fact]
    public void Without_an_active_one_both_are_zero() => Assert.Equal(
        new ContactNumbers(0, 0),
        Count(SubscriptionStatus.Cancelled, SubscriptionStatus.Expired, SubscriptionStatus.Deleted, SubscriptionStatus.Other));

    [Fact]
    public void Without_any_subscription_both_are_zero() => Assert.Equal(new ContactNumbers(0, 0), Count());

    [Fact]
    public void Every_active_one_counts() => Assert.Equal(new ContactNumbers(3, 2), Count(SubscriptionStatus.Active, SubscriptionStatus.Cancelled, SubscriptionStatus.Active));

    private static ContactNumbers Count(params SubscriptionStatus[] statuses) =>
        CountRules.Count(statuses.Select((status, i) => Given.Subscription with { Id = i + 1, Status = status }));
}
