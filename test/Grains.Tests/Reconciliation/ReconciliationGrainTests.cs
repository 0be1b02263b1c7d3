using System.Net;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Reconciliation;

namespace RechargeGrains.Grains.Tests.Reconciliation;

public sealed class ReconciliationGrainTests(ClusterFixture cluster)
{
    private static readonly DateTimeOffset Cancelled = Given.Start.AddHours(1);
    private static readonly DateOnly Night = new(2026, 3, 9);

    [Fact]
    public async Task What_no_webhook_told_is_told_in_order_and_counted_once()
    {
        var connection = await cluster.ConnectAsync();
        Add(connection, Given.CustomerId, Given.CancelledAt(Cancelled));
        await Reconciliation(connection).EnsureAsync(connection.Settings, Night);

        await connection.Ometria.AcceptedAsync(2);
        Assert.Equal(["rc-77-900100411-created", $"rc-77-900100411-cancelled-{Cancelled.ToUnixTimeSeconds()}"], await connection.ToldAsync());
        var first = await DoneAsync(connection);
        Assert.Equal((1, 1), (first.Found, first.Repaired));

        await Reconciliation(connection).CompareAllAsync(connection.Settings);
        var again = await TestConnection.WaitForAsync(() => Reconciliation(connection).GetStatusAsync(), status => status.ComparedAllAt is not null);
        Assert.Equal(0, again.Found);
        Assert.Equal(2, (await connection.ToldAsync()).Count);
    }

    [Fact]
    public async Task A_comparison_goes_on_at_the_page_it_was_on()
    {
        var connection = await cluster.ConnectAsync();
        foreach (var i in Enumerable.Range(11, 5))
            Add(connection, i, Given.Subscription with { Id = i, CustomerId = i });
        connection.Store.Status = request => request.EndsWith("|4", StringComparison.Ordinal) ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
        await Reconciliation(connection).EnsureAsync(connection.Settings, Night);
        await TestConnection.WaitForAsync(() => Reconciliation(connection).GetStatusAsync(), status => status.Failure is not null);
        await TestConnection.ForgetAsync(Reconciliation(connection));
        connection.Store.Status = _ => HttpStatusCode.OK;
        await Reconciliation(connection).ConfigureAsync(connection.Settings);

        Assert.Null((await DoneAsync(connection)).Failure);
        await connection.Ometria.AcceptedAsync(5);
        Assert.Equal(Enumerable.Range(11, 5).Select(i => $"rc-77-{i}-created"), (await connection.ToldAsync()).Order());
        Assert.Single(connection.Store.Requests(), request => request.StartsWith("customers ", StringComparison.Ordinal) && !request.Contains('|', StringComparison.Ordinal));
        Assert.Single(connection.Store.Requests(), request => request.EndsWith("|2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Held_it_reads_nothing_and_what_is_due_is_done_afterwards()
    {
        var connection = await cluster.ConnectAsync();
        Add(connection, Given.CustomerId, Given.Subscription);
        var held = connection.Settings with { Held = true };
        await Reconciliation(connection).EnsureAsync(held, Night);
        await Reconciliation(connection).CompareAllAsync(held);
        await TestConnection.ForgetAsync(Reconciliation(connection));
        await Reconciliation(connection).ConfigureAsync(held);
        Assert.DoesNotContain(connection.Store.Requests(), request => request.StartsWith("customers", StringComparison.Ordinal));

        await Reconciliation(connection).ConfigureAsync(connection.Settings);
        Assert.NotNull((await DoneAsync(connection)).ComparedAllAt);
        await connection.Ometria.AcceptedAsync(1);
    }

    [Fact]
    public async Task Before_the_first_import_a_wish_is_kept_and_a_gap_is_read()
    {
        var connection = await cluster.ConnectAsync();
        Add(connection, Given.CustomerId, Given.Subscription);
        await Reconciliation(connection).CompareAllAsync(connection.Settings);
        await Reconciliation(connection).ReadGapAsync(connection.Settings, Given.Start.AddMinutes(-5), Given.Start.AddMinutes(5));

        await connection.Ometria.AcceptedAsync(1);
        var gap = await TestConnection.WaitForAsync(() => Reconciliation(connection).GetStatusAsync(), status => status.CheckedAt is not null);
        Assert.Equal((null, true, 1), (gap.ComparedAllAt, gap.Busy, gap.Found));

        await Reconciliation(connection).EnsureAsync(connection.Settings, Night);
        Assert.NotNull((await DoneAsync(connection)).ComparedAllAt);
        Assert.Single(await connection.ToldAsync());
    }

    [Fact]
    public async Task A_night_is_compared_once()
    {
        var connection = await cluster.ConnectAsync();
        await Reconciliation(connection).EnsureAsync(connection.Settings, Night);
        Assert.Null((await DoneAsync(connection)).ComparedAllAt);

        await Reconciliation(connection).EnsureAsync(connection.Settings, Night.AddDays(3));
        var compared = (await TestConnection.WaitForAsync(() => Reconciliation(connection).GetStatusAsync(), status => status is { ComparedAllAt: not null, Busy: false })).ComparedAllAt;
        var asked = connection.Store.Requests().Count;
        await TestConnection.ForgetAsync(Reconciliation(connection));
        await Reconciliation(connection).EnsureAsync(connection.Settings, Night.AddDays(3));

        Assert.Equal(compared, (await DoneAsync(connection)).ComparedAllAt);
        Assert.Equal(asked, connection.Store.Requests().Count);
    }

    private IReconciliationGrain Reconciliation(TestConnection connection) => cluster.Grains.GetGrain<IReconciliationGrain>(connection.Key.ToString());

    private Task<ReconciliationStatus> DoneAsync(TestConnection connection) =>
        TestConnection.WaitForAsync(() => Reconciliation(connection).GetStatusAsync(), status => status is { CheckedAt: not null, Busy: false });

    private static void Add(TestConnection connection, long customerId, SubscriptionSnapshot subscription) =>
        connection.Store.Put(Given.Customer with { Id = customerId, Email = $"c{customerId}@example.test", UpdatedAt = Given.Start.AddMinutes(customerId % 100) }, subscription);
}
