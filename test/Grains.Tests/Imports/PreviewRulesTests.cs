using RechargeGrains.Customers;
using RechargeGrains.Grains.Imports;
using RechargeGrains.Imports;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Tests.Imports;

public sealed class PreviewRulesTests
{
    private static readonly PreviewRun Run = new() { StartedAt = Given.Start, CustomersStartDate = Given.Start };

    [Theory]
    [InlineData(0, 0, 2, 4, 0)]
    // An empty store is one call.
    [InlineData(1, 0, 2, 4, 1)]
    // Pushes are slower: 100 pages in 50 seconds, 250 pushes in 62.5.
    [InlineData(100, 25_000, 2, 4, 63)]
    // Reading is slower.
    [InlineData(100, 25_000, 1, 4, 100)]
    // A call for each customer decides everything.
    [InlineData(25_100, 25_000, 2, 4, 12_550)]
    [InlineData(3, 501, 2, 4, 2)]
    public void The_slower_of_reading_and_pushing_decides(long calls, long customers, double callsPerSecond, double pushesPerSecond, long seconds) =>
        Assert.Equal(seconds, PreviewRules.EstimateSeconds(calls, customers, callsPerSecond, pushesPerSecond));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(250, 3)]
    [InlineData(500, 5)]
    [InlineData(1_001, 11)]
    public void Pushes_are_full_but_the_last(long customers, long pushes) => Assert.Equal(pushes, PreviewRules.PushesOf(customers));

    [Fact]
    public void Pages_add_up_and_the_last_one_ends_it()
    {
        var one = PreviewRules.Add(Run, Page("next", 1, Customer(1, 1, Active, Cancelled), Customer(2, 2)), isReread: false, Given.Start);
        Assert.Equal((ImportPreviewState.Counting, "next", null), (one.State, one.Cursor, one.FinishedAt));
        Assert.Equal((2, 2, 1, 1, 1), (one.Customers, one.Subscriptions, one.Active, one.Pages, one.Calls));
        Assert.Equal(Given.Start.AddMinutes(2), one.ReachedUpdatedAt);

        var two = PreviewRules.Add(one, Page(null, 3, Customer(3, 3, Active)), isReread: false, Given.Start.AddHours(1));
        Assert.Equal((ImportPreviewState.Done, null, Given.Start.AddHours(1)), (two.State, two.Cursor, two.FinishedAt));
        Assert.Equal((3, 3, 2, 2, 4), (two.Customers, two.Subscriptions, two.Active, two.Pages, two.Calls));
    }

    [Fact]
    public void Who_did_not_change_after_the_start_date_is_not_counted()
    {
        var run = PreviewRules.Add(Run, Page(null, 1, Customer(1, 0, Active), Customer(2, 1, Active)), isReread: false, Given.Start);

        Assert.Equal((1, 1, 1), (run.Customers, run.Subscriptions, run.Active));
    }

    [Fact]
    public void Rows_that_come_again_after_a_lost_cursor_are_not_counted_again()
    {
        var one = PreviewRules.Add(Run, Page("lost", 1, Customer(1, 1, Active)), isReread: false, Given.Start);
        var two = PreviewRules.Add(one, Page(null, 1, Customer(1, 1, Active), Customer(2, 2, Active)), isReread: true, Given.Start);

        Assert.Equal((2, 2, 2), (two.Customers, two.Subscriptions, two.Active));
    }

    [Fact]
    public void A_cursor_that_does_not_move_ends_it()
    {
        var one = PreviewRules.Add(Run, Page("same", 1, Customer(1, 1)), isReread: false, Given.Start);

        Assert.Equal(ImportPreviewState.Done, PreviewRules.Add(one, Page("same", 1, Customer(1, 1)), isReread: false, Given.Start).State);
    }

    private const SubscriptionStatus Active = SubscriptionStatus.Active;
    private const SubscriptionStatus Cancelled = SubscriptionStatus.Cancelled;

    private static CustomerPage Page(string? next, int calls, params CustomerSnapshot[] customers) =>
        new() { Customers = customers, NextCursor = next, Calls = calls, CallsPerSecond = 2 };

    private static CustomerSnapshot Customer(long id, int minute, params SubscriptionStatus[] subscriptions) => new()
    {
        Profile = new CustomerProfile { Id = id, UpdatedAt = Given.Start.AddMinutes(minute) },
        Subscriptions = [.. subscriptions.Select(status => Given.Subscription with { CustomerId = id, Status = status })],
        IsComplete = true,
        ReadAt = Given.Start,
    };
}
