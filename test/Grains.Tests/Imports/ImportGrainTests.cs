using System.Globalization;
using System.Net;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Tests.Imports;

public sealed class ImportGrainTests(ClusterFixture cluster)
{
    private static readonly DateOnly Day = new(2026, 3, 9);

    [Fact]
    public async Task The_first_import_reads_page_by_page_sends_every_contact_and_tells_no_event()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        foreach (var i in Enumerable.Range(1, 5))
            Put(connection, i, Given.Start.AddMinutes(i));
        await connection.Import.StartFirstAsync(Day, connection.Settings);

        var contacts = await connection.Ometria.AcceptedAsync(5);
        var status = await FinishedAsync(connection);
        Assert.Equal((ImportState.Finished, 5, 5), (status.State, status.CustomersRead, status.ContactsSent));
        Assert.Equal(["1", "2", "3", "4", "5"], contacts.Select(FakeOmetriaAccount.IdOf).Order());
        Assert.All(contacts, contact => Assert.Equal("contact", contact.GetProperty("@type").GetString()));
        Assert.Equal(3, connection.Store.Requests().Count(request => request.StartsWith("customers ", StringComparison.Ordinal)));
        Assert.Equal(5, (await connection.ToldAsync()).Count);
    }

    [Fact]
    public async Task An_import_that_was_interrupted_goes_on_at_its_page()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        foreach (var i in Enumerable.Range(1, 6))
            Put(connection, i, Given.Start.AddMinutes(i));
        connection.Store.Status = request => request.EndsWith("|4", StringComparison.Ordinal) ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
        await connection.Import.StartFirstAsync(Day, connection.Settings);
        await connection.Store.RequestsAsync(requests => requests.Any(request => request.EndsWith("|4", StringComparison.Ordinal)));
        await TestConnection.ForgetAsync(connection.Import);
        connection.Store.Status = _ => HttpStatusCode.OK;

        var status = await FinishedAsync(connection);
        Assert.Equal((6, 6), (status.CustomersRead, status.ContactsSent));
        const string Start = "customers 2025-03-09T14:05:00+00:00";
        var pages = connection.Store.Requests().Where(request => request.StartsWith("customers ", StringComparison.Ordinal)).ToList();
        Assert.Equal([Start, $"{Start}|2", $"{Start}|4"], pages.Distinct());
        Assert.Single(pages, Start);
        Assert.Single(pages, $"{Start}|2");
        Assert.Equal(6, connection.Ometria.Accepted().Count);
    }

    [Fact]
    public async Task A_cursor_that_recharge_no_longer_knows_is_replaced_by_the_time_reached()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        foreach (var i in Enumerable.Range(1, 6))
            Put(connection, i, Given.Start.AddMinutes(i));
        connection.Store.Status = request => request.EndsWith("|4", StringComparison.Ordinal) ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK;
        await connection.Import.StartFirstAsync(Day, connection.Settings);

        var status = await FinishedAsync(connection);
        Assert.Equal((6, 6), (status.CustomersRead, status.ContactsSent));
        Assert.Equal(["1", "2", "3", "4", "5", "6"], connection.Ometria.Accepted().Select(FakeOmetriaAccount.IdOf).Order());
    }

    [Theory]
    [InlineData("2022-01-01T00:00:00Z", true)]
    [InlineData("2022-06-01T00:00:00Z", false)]
    [InlineData("2022-02-03T01:32:00Z", false)]
    [InlineData("2022-02-03T01:31:59Z", true)]
    public async Task A_customer_is_imported_if_it_changed_after_the_start_date(string start, bool imported)
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        connection.Context = Given.Context with { CustomersStartDate = At(start) };
        Put(connection, 1, At("2022-02-03T01:32:00Z"));
        await connection.Import.StartFirstAsync(Day, connection.Settings);

        Assert.Equal(imported ? 1 : 0, (await FinishedAsync(connection)).CustomersRead);
        Assert.Equal(imported ? ["1"] : [], connection.Ometria.Accepted().Select(FakeOmetriaAccount.IdOf));
    }

    [Fact]
    public async Task A_customer_without_an_active_subscription_is_sent_with_zeros()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        connection.Store.Put(Profile(1, Given.Start), Given.CancelledAt(Given.Start) with { Id = 11, CustomerId = 1 });
        await connection.Import.StartFirstAsync(Day, connection.Settings);

        var properties = Assert.Single(await connection.Ometria.AcceptedAsync(1)).GetProperty("properties");
        Assert.Equal(
            (0, 0), (properties.GetProperty("total_subscription").GetInt32(), properties.GetProperty("active_subscriptions").GetInt32()));
    }

    [Fact]
    public async Task The_daily_run_sends_only_what_changed()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        var now = DateTimeOffset.UtcNow;
        foreach (var i in Enumerable.Range(1, 3))
            Put(connection, i, now.AddMinutes(-i));
        await connection.Import.StartFirstAsync(Day, connection.Settings);
        await FinishedAsync(connection);
        connection.Store.Put(
            Profile(2, now.AddSeconds(1)),
            Mine(2) with { UpdatedAt = now },
            Mine(2) with { Id = 1_002, UpdatedAt = now });
        await connection.Import.EnsureDailyAsync(Day.AddDays(1), connection.Settings);

        var run = await DailyRunAsync(connection);
        Assert.Equal((3, 1), (run.CustomersRead, run.ContactsSent));
        Assert.Equal(4, connection.Ometria.Accepted().Count);
        Assert.Equal("2", FakeOmetriaAccount.IdOf(connection.Ometria.Accepted()[3]));
        Assert.Equal(2, connection.Ometria.Accepted()[3].GetProperty("properties").GetProperty("active_subscriptions").GetInt32());
    }

    [Fact]
    public async Task The_run_of_a_day_happens_once_however_often_it_is_asked_for()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        await connection.Import.StartFirstAsync(Day, connection.Settings);
        await FinishedAsync(connection);
        // The import stands for the day it was started on.
        await connection.Import.EnsureDailyAsync(Day, connection.Settings);
        Assert.Null((await connection.Import.GetStatusAsync()).LastDailyRun);
        await connection.Import.EnsureDailyAsync(Day.AddDays(1), connection.Settings);
        var run = await DailyRunAsync(connection);
        await TestConnection.ForgetAsync(connection.Import);
        await connection.Import.EnsureDailyAsync(Day.AddDays(1), connection.Settings);

        Assert.False((await connection.Import.GetStatusAsync()).Busy);
        Assert.Equal(run, (await connection.Import.GetStatusAsync()).LastDailyRun);
    }

    [Fact]
    public async Task Contacts_that_ometria_could_not_take_are_sent_before_the_import_is_done()
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        Put(connection, 1, Given.Start);
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable]);
        connection.Ometria.Status = (_, _) => answers.TryDequeue(out var answer) ? answer : HttpStatusCode.Accepted;
        await connection.Import.StartFirstAsync(Day, connection.Settings);

        Assert.Equal(1, (await FinishedAsync(connection)).ContactsSent);
        Assert.Single(connection.Ometria.Accepted());
        Assert.Equal(3, connection.Ometria.Pushes().Count);
    }

    private static void Put(TestConnection connection, long id, DateTimeOffset updatedAt) => connection.Store.Put(Profile(id, updatedAt), Mine(id));

    private static CustomerProfile Profile(long id, DateTimeOffset updatedAt) => new() { Id = id, Email = $"c{id}@example.test", UpdatedAt = updatedAt };

    private static SubscriptionSnapshot Mine(long id) => Given.Subscription with { Id = 500 + id, CustomerId = id };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static Task<ImportStatus> FinishedAsync(TestConnection connection) =>
        UntilAsync(connection.Import, status => status.State == ImportState.Finished);

    private static async Task<DailyRunStatus> DailyRunAsync(TestConnection connection) =>
        (await UntilAsync(connection.Import, status => status.LastDailyRun?.FinishedAt is not null)).LastDailyRun!;

    /// <summary>Asks until the answer is the one waited for. Each question is a turn of the grain's own.</summary>
    private static async Task<ImportStatus> UntilAsync(IImportGrain import, Func<ImportStatus, bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var status = await import.GetStatusAsync();
            if (condition(status))
                return status;
        }
    }
}
