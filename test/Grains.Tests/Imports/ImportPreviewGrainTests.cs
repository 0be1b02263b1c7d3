using System.Net;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Tests.Imports;

public sealed class ImportPreviewGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task It_counts_what_an_import_would_read_and_sends_nothing()
    {
        var connection = await ConnectAsync(5);
        connection.Store.Put(Profile(6), Given.CancelledAt(Given.Start) with { Id = 506, CustomerId = 6 });

        Assert.Null(await connection.Preview.GetAsync());
        Assert.Equal(ImportPreviewState.Counting, (await connection.Preview.StartAsync(null)).State);
        var preview = await EndedAsync(connection);

        Assert.Equal((ImportPreviewState.Done, 6, 6, 5, 3), (preview.State, preview.Customers, preview.Subscriptions, preview.Active, preview.PagesRead));
        Assert.NotNull(preview.FinishedAt);
        // Three pages at two calls a second.
        Assert.Equal(2, preview.EstimatedSeconds);
        Assert.Empty(connection.Ometria.Pushes());
        Assert.Null(await connection.Customer(1).DescribeAsync());
    }

    [Fact]
    public async Task It_counts_only_who_changed_after_the_start_date()
    {
        var connection = await ConnectAsync(5);
        await connection.Preview.StartAsync(Given.Start.AddMinutes(2));

        var preview = await EndedAsync(connection);
        Assert.Equal((3, Given.Start.AddMinutes(2)), (preview.Customers, preview.CustomersStartDate));
    }

    [Fact]
    public async Task It_goes_on_at_its_page_after_waking_anew()
    {
        var connection = await ConnectAsync(6);
        await HoldAtAsync(connection, "|4");
        var held = await TestConnection.WaitForAsync(connection.Preview.GetAsync, preview => preview!.Failure is not null);
        Assert.Equal((ImportPreviewState.Counting, 4, "Recharge answered 503."), (held!.State, held.Customers, held.Failure));
        await TestConnection.ForgetAsync(connection.Preview);
        connection.Store.Status = _ => HttpStatusCode.OK;

        var preview = await EndedAsync(connection);
        Assert.Equal((ImportPreviewState.Done, 6, 3, null), (preview.State, preview.Customers, preview.PagesRead, preview.Failure));
        var pages = Pages(connection);
        Assert.Single(pages, page => !page.Contains('|', StringComparison.Ordinal));
        Assert.Single(pages, page => page.EndsWith("|2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asking_for_the_same_again_changes_nothing_and_another_date_starts_anew()
    {
        var connection = await ConnectAsync(6);
        await HoldAtAsync(connection, "|4");
        var first = await connection.Preview.GetAsync();

        var same = await connection.Preview.StartAsync(null);
        Assert.Equal((first!.StartedAt, 4), (same.StartedAt, same.Customers));
        Assert.Single(Pages(connection), page => !page.Contains('|', StringComparison.Ordinal));

        var other = await connection.Preview.StartAsync(Given.Start.AddMinutes(4));
        Assert.Equal((ImportPreviewState.Counting, 0), (other.State, other.Customers));
        Assert.Equal(2, (await EndedAsync(connection)).Customers);
    }

    [Fact]
    public async Task A_finished_one_is_counted_anew()
    {
        var connection = await ConnectAsync(2);
        await connection.Preview.StartAsync(null);
        await EndedAsync(connection);
        Put(connection, 3);

        var anew = await connection.Preview.StartAsync(null);
        Assert.Equal((ImportPreviewState.Counting, 0), (anew.State, anew.Customers));
        Assert.Equal(3, (await EndedAsync(connection)).Customers);
    }

    [Fact]
    public async Task A_key_that_recharge_refuses_ends_it_with_the_reason()
    {
        var connection = await ConnectAsync(6);
        connection.Store.Status = request => request.EndsWith("|2", StringComparison.Ordinal) ? HttpStatusCode.Unauthorized : HttpStatusCode.OK;
        await connection.Preview.StartAsync(null);

        var preview = await EndedAsync(connection);
        Assert.Equal((ImportPreviewState.Failed, 2, "Recharge refuses the key (401)."), (preview.State, preview.Customers, preview.Failure));
        Assert.NotNull(preview.FinishedAt);
    }

    private async Task<TestConnection> ConnectAsync(int customers)
    {
        var connection = await cluster.ConnectAsync(countsContacts: true);
        foreach (var id in Enumerable.Range(1, customers))
            Put(connection, id);
        return connection;
    }

    /// <summary>Starts counting everything, and waits until it hangs at a page that Recharge does not give.</summary>
    private static async Task HoldAtAsync(TestConnection connection, string page)
    {
        connection.Store.Status = request => request.EndsWith(page, StringComparison.Ordinal) ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK;
        await connection.Preview.StartAsync(null);
        await connection.Store.RequestsAsync(requests => requests.Any(request => request.EndsWith(page, StringComparison.Ordinal)));
    }

    private static void Put(TestConnection connection, long id) =>
        connection.Store.Put(Profile(id), Given.Subscription with { Id = 500 + id, CustomerId = id });

    private static CustomerProfile Profile(long id) => new() { Id = id, Email = $"c{id}@example.test", UpdatedAt = Given.Start.AddMinutes(id) };

    private static List<string> Pages(TestConnection connection) =>
        [.. connection.Store.Requests().Where(request => request.StartsWith("customers ", StringComparison.Ordinal))];

    private static async Task<ImportPreview> EndedAsync(TestConnection connection) =>
        (await TestConnection.WaitForAsync(connection.Preview.GetAsync, preview => preview!.State != ImportPreviewState.Counting))!;
}
