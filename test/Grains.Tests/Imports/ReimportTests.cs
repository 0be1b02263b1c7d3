using System.Net;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Tests.Imports;

public sealed class ReimportTests(ClusterFixture cluster)
{
    private static readonly DateOnly Day = new(2026, 3, 9);

    [Fact]
    public async Task Everything_is_read_and_sent_again_though_nothing_changed_and_no_event_is_told()
    {
        var connection = await ImportedAsync(5);
        await connection.Import.ReimportAsync(connection.Settings);

        var status = await AgainAsync(connection);
        Assert.Equal((5, 5, 0), (status.Reimport!.CustomersRead, status.Reimport.ContactsSent, status.Reimport.Rejected));
        Assert.Equal((ImportState.Finished, 5, 5), (status.State, status.CustomersRead, status.ContactsSent));
        Assert.Equal(["1", "1", "2", "2", "3", "3", "4", "4", "5", "5"], Contacts(connection).Order());
        Assert.Equal(10, (await connection.ToldAsync()).Count);
        Assert.False(status.Busy);

        // And it is over: the next daily run sends what differs, as ever.
        await connection.Import.EnsureDailyAsync(Day.AddDays(1), connection.Settings);
        Assert.Equal(0, (await DailyAsync(connection)).ContactsSent);
    }

    [Fact]
    public async Task It_goes_on_at_its_page_and_the_connection_stays_imported()
    {
        var connection = await ImportedAsync(6);
        await HoldAtAsync(connection, "|4");
        var held = await UntilAsync(connection, status => status.Failure is not null);
        Assert.Equal((4, null), (held.Reimport!.CustomersRead, held.Reimport.FinishedAt));
        Assert.Equal((ImportState.Finished, true), (held.State, held.Busy));
        await TestConnection.ForgetAsync(connection.Import);
        connection.Store.Status = _ => HttpStatusCode.OK;

        var status = await AgainAsync(connection);
        Assert.Equal((6, 6), (status.Reimport!.CustomersRead, status.Reimport.ContactsSent));
        Assert.Equal(held.Reimport.StartedAt, status.Reimport.StartedAt);
        Assert.Equal(12, connection.Ometria.Accepted().Count);
        // Once each by the first import and the re-import.
        Assert.Equal(2, connection.Store.Requests().Count(request => request.StartsWith("customers ", StringComparison.Ordinal) && request.EndsWith("|2", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Contacts_are_sent_on_the_way_as_soon_as_there_are_enough()
    {
        var connection = await ImportedAsync(1_250, pageSize: 250);
        await HoldAtAsync(connection, "|1000");

        await connection.Ometria.AcceptedAsync(1_250 + 1_000);
        var held = (await connection.Import.GetStatusAsync()).Reimport!;
        Assert.Equal((1_000, null), (held.CustomersRead, held.FinishedAt));
        connection.Store.Status = _ => HttpStatusCode.OK;

        var status = await AgainAsync(connection);
        Assert.Equal((1_250, 1_250), (status.Reimport!.CustomersRead, status.Reimport.ContactsSent));
        Assert.Equal(2 * 1_250, Contacts(connection).Count());
    }

    [Fact]
    public async Task Asking_again_while_one_is_under_way_changes_nothing()
    {
        var connection = await ImportedAsync(6);
        await HoldAtAsync(connection, "|4");
        var before = (await connection.Import.GetStatusAsync()).Reimport!;
        await connection.Import.ReimportAsync(connection.Settings);

        Assert.Equal(before, (await connection.Import.GetStatusAsync()).Reimport);
        connection.Store.Status = _ => HttpStatusCode.OK;
        await AgainAsync(connection);
        Assert.Equal(12, connection.Ometria.Accepted().Count);
    }

    [Fact]
    public async Task Before_the_first_import_is_done_it_is_that_import()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        Put(connection, 1);
        await connection.Import.ReimportAsync(connection.Settings);
        await connection.Import.StartFirstAsync(Day, connection.Settings);

        var status = await UntilAsync(connection, status => status.State == ImportState.Finished);
        Assert.Null(status.Reimport);
        Assert.False(status.Busy);
        Assert.Single(connection.Ometria.Accepted());
    }

    [Fact]
    public async Task A_daily_run_that_falls_due_goes_between_two_pages()
    {
        var connection = await ImportedAsync(6);
        await HoldAtAsync(connection, "|4");
        await connection.Import.EnsureDailyAsync(Day.AddDays(1), connection.Settings);

        var daily = await DailyAsync(connection);
        Assert.Null((await connection.Import.GetStatusAsync()).Reimport!.FinishedAt);
        connection.Store.Status = _ => HttpStatusCode.OK;
        var status = await AgainAsync(connection);
        Assert.Equal(6, status.Reimport!.CustomersRead);
        Assert.Equal(daily, status.LastDailyRun);
    }

    [Fact]
    public async Task Numbers_that_a_webhook_changed_meanwhile_are_the_last_that_are_sent()
    {
        var connection = await ImportedAsync(2);
        // The page shows the customer as before; the webhook came after it was read.
        await connection.SendAsync("subscription/cancelled", Mine(1) with { Status = SubscriptionStatus.Cancelled, UpdatedAt = Given.Start.AddDays(1), CancelledAt = Given.Start.AddDays(1) }, Profile(1), subscriptions: 1);
        await connection.Import.ReimportAsync(connection.Settings);

        await AgainAsync(connection);
        var last = connection.Ometria.Accepted().Last(record => record.GetProperty("@type").GetString() == "contact" && FakeOmetriaAccount.IdOf(record) == "1");
        Assert.Equal(0, last.GetProperty("properties").GetProperty("active_subscriptions").GetInt32());
    }

    [Fact]
    public async Task Contacts_that_ometria_could_not_take_are_sent_before_it_is_done()
    {
        var connection = await ImportedAsync(3);
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable]);
        connection.Ometria.Status = (_, _) => answers.TryDequeue(out var answer) ? answer : HttpStatusCode.Accepted;
        await connection.Import.ReimportAsync(connection.Settings);

        Assert.Equal(3, (await AgainAsync(connection)).Reimport!.ContactsSent);
        Assert.Empty(answers);
        Assert.Equal(["1", "1", "2", "2", "3", "3"], Contacts(connection).Order());
    }

    private async Task<TestConnection> ImportedAsync(int customers, int pageSize = 2)
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        connection.Store.PageSize = pageSize;
        foreach (var id in Enumerable.Range(1, customers))
            Put(connection, id);
        await connection.Import.StartFirstAsync(Day, connection.Settings);
        await UntilAsync(connection, status => status.State == ImportState.Finished);
        return connection;
    }

    /// <summary>Asks for a re-import, and waits until it hangs at a page that Recharge does not give.</summary>
    private static async Task HoldAtAsync(TestConnection connection, string page)
    {
        var before = connection.Store.Requests().Count;
        // The daily run's pages start elsewhere.
        var held = $"customers 2025-03-09T14:05:00+00:00{page}";
        connection.Store.Status = request => request == held ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
        await connection.Import.ReimportAsync(connection.Settings);
        await connection.Store.RequestsAsync(requests => requests.Skip(before).Contains(held));
    }

    private static void Put(TestConnection connection, long id) => connection.Store.Put(Profile(id), Mine(id));

    private static CustomerProfile Profile(long id) => new() { Id = id, Email = $"c{id}@example.test", UpdatedAt = Given.Start.AddMinutes(id) };

    private static SubscriptionSnapshot Mine(long id) => Given.Subscription with { Id = 500 + id, CustomerId = id };

    private static IEnumerable<string> Contacts(TestConnection connection) => connection.Ometria.Accepted().Select(FakeOmetriaAccount.IdOf);

    private static Task<ImportStatus> AgainAsync(TestConnection connection) => UntilAsync(connection, status => status.Reimport?.FinishedAt is not null);

    private static async Task<DailyRunStatus> DailyAsync(TestConnection connection) =>
        (await UntilAsync(connection, status => status.LastDailyRun?.FinishedAt is not null)).LastDailyRun!;

    private static Task<ImportStatus> UntilAsync(TestConnection connection, Func<ImportStatus, bool> until) =>
        TestConnection.WaitForAsync(connection.Import.GetStatusAsync, until);
}
