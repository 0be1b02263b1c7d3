using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class DriftRulesTests
{
    private static readonly DateTimeOffset Settled = Given.Start.AddHours(1);

    private static readonly SubscriptionRecord Active = new() { Snapshot = Given.Subscription };

    [Fact]
    public void The_same_status_is_no_drift_whatever_else_changed() =>
        Assert.False(Differs(Active, Given.Subscription with { Price = 99, UpdatedAt = Given.Start.AddMinutes(5) }));

    [Fact]
    public void Another_status_is_drift() => Assert.True(Differs(Active, Given.CancelledAt(Settled)));

    [Fact]
    public void A_change_whose_webhook_may_be_on_its_way_is_no_drift() => Assert.False(Differs(Active, Given.CancelledAt(Settled.AddSeconds(1))));

    [Fact]
    public void One_that_was_never_heard_of_is_drift() => Assert.True(Differs(null, Given.Subscription));

    [Fact]
    public void One_that_vanished_is_drift_at_once() =>
        Assert.True(Differs(Active, Given.Subscription with { Status = SubscriptionStatus.Deleted, UpdatedAt = Settled.AddHours(5) }));

    private static bool Differs(SubscriptionRecord? before, SubscriptionSnapshot after) => DriftRules.Differs(
        before is null ? new Dictionary<long, SubscriptionRecord>() : new Dictionary<long, SubscriptionRecord> { [before.Snapshot.Id] = before },
        new Dictionary<long, SubscriptionRecord> { [after.Id] = new() { Snapshot = after } },
        Settled);
}
