using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;

namespace RechargeGrains.Grains.Tests.Customers;

/// <summary>A subscription that a comparison finds new at a customer: another's before customers were merged, or one that had not changed for long.</summary>
public sealed class SubscriptionMovedTests
{
    private static readonly DateTimeOffset ComparedAllAt = Given.Start.AddDays(2);
    private static readonly DateTimeOffset Now = Given.Start.AddDays(4);

    [Fact]
    public void What_happened_before_everything_was_compared_was_told_of_the_other_customer()
    {
        Assert.Empty(ToldOf(Given.Subscription));
        Assert.Empty(ToldOf(Given.CancelledAt(ComparedAllAt.AddSeconds(-1))));
        Assert.Empty(ToldOf(Given.ActiveAt(ComparedAllAt.AddSeconds(-1)) with { CancelledAt = Given.Start.AddDays(1) }));
    }

    [Fact]
    public void What_happened_since_is_told()
    {
        var created = Given.Subscription with { CreatedAt = ComparedAllAt, UpdatedAt = ComparedAllAt };
        Assert.Equal([EventKind.SubscriptionCreated], ToldOf(created));
        Assert.Equal([EventKind.SubscriptionCancelled], ToldOf(Given.CancelledAt(ComparedAllAt.AddHours(1))));
        // Unchanged since before the connection, and unknown for that reason.
        Assert.Equal([EventKind.SubscriptionCancelled], ToldOf(Given.CancelledAt(ComparedAllAt.AddHours(1)) with { CreatedAt = Given.Start.AddYears(-2) }));
    }

    private static IEnumerable<EventKind> ToldOf(SubscriptionSnapshot shown)
    {
        var read = SubscriptionRules.Read(null, shown, Given.Context, Now);
        return SubscriptionRules.Missed(SubscriptionRules.MovedHere(read, ComparedAllAt), Given.Context, Now, Now).Told.Select(draft => draft.Kind);
    }
}
