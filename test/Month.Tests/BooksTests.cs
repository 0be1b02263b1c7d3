namespace RechargeGrains.Month.Tests;

/// <summary>The books of a store whose events nobody told.</summary>
public sealed class BooksTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 20, 12, 0, 0, TimeSpan.Zero);

    private static Span Never => new(Start, Start);

    [Theory]
    [InlineData(7, 1)]
    [InlineData(8, 0)]
    public async Task A_charge_inside_the_window_that_nobody_told_is_lost(int daysAhead, int lost)
    {
        await using var sandbox = await EmptyAsync();
        Subscribe(sandbox, daysAhead);
        sandbox.Clock.Advance(TimeSpan.FromHours(3));

        var books = ChargeBooks.Of(sandbox, QueuedOf(sandbox), Never);

        Assert.Equal((lost, lost), (books.Due, books.Lost));
        Assert.Equal(lost == 0, books.Balance);
    }

    [Fact]
    public async Task A_charge_that_was_there_for_an_hour_or_in_an_outage_may_be_told_or_not()
    {
        await using var sandbox = await EmptyAsync();
        Subscribe(sandbox, daysAhead: 3);
        var moved = Subscribe(sandbox, daysAhead: 4);
        sandbox.Clock.Advance(TimeSpan.FromHours(1));
        sandbox.Store.MoveCharge(moved.AddressId, sandbox.Store.Today.AddDays(20));
        sandbox.Clock.Advance(TimeSpan.FromHours(4));

        var books = ChargeBooks.Of(sandbox, QueuedOf(sandbox), new Span(Start.AddHours(1), Start.AddHours(4)));

        Assert.Equal((0, 2), (books.Due, books.Brief));
        Assert.True(books.Balance);
    }

    [Fact]
    public async Task A_rebuilt_charge_is_the_same_charge()
    {
        await using var sandbox = await EmptyAsync();
        var subscription = Subscribe(sandbox, daysAhead: 5);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(70));
        sandbox.Store.UpdateQuantity(subscription.Id, 3);
        sandbox.Clock.Advance(TimeSpan.FromMinutes(70));

        var charge = Assert.Single(QueuedOf(sandbox).All);

        Assert.Equal(TimeSpan.FromMinutes(140), Assert.Single(charge.Spans).Length);
        Assert.Equal(1, ChargeBooks.Of(sandbox, QueuedOf(sandbox), Never).Lost);
    }

    [Fact]
    public async Task A_customer_whom_Ometria_does_not_know_is_wrong()
    {
        await using var sandbox = await EmptyAsync();
        var contacts = new ContactBooks(sandbox);
        Subscribe(sandbox, daysAhead: 5);

        var morning = contacts.Check(Start);

        Assert.Equal((1, 0), (morning.Customers, morning.Right));
        Assert.Contains("missing", Assert.Single(morning.Faults), StringComparison.Ordinal);
    }

    private static Task<SandboxHost> EmptyAsync() =>
        SandboxHost.StartAsync(new SandboxOptions { Customers = 0, Now = Start, ClockSpeed = 0 }, TestContext.Current.CancellationToken);

    private static Subscription Subscribe(SandboxHost sandbox, int daysAhead) =>
        sandbox.Store.CreateSubscription(sandbox.Store.AddCustomer().Id, new NewSubscription { NextChargeOn = sandbox.Store.Today.AddDays(daysAhead) });

    private static QueuedCharges QueuedOf(SandboxHost sandbox) => new([], Start, sandbox.Journal.Entries, sandbox.Clock.GetUtcNow());
}
