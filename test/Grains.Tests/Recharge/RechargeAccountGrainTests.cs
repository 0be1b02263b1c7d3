using System.Globalization;
using System.Net;
using RechargeGrains.Accounts;
using RechargeGrains.Grains.Recharge.Json;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Tests.Recharge;

public sealed class RechargeAccountGrainTests(ClusterFixture cluster)
{
    [Theory]
    [InlineData("token_information", 401, KeyVerdict.Rejected)]
    [InlineData("token_information", 404, KeyVerdict.Unreachable)]
    [InlineData("token_information", 503, KeyVerdict.Unreachable)]
    [InlineData("store", 403, KeyVerdict.MissingScopes)]
    [InlineData("store", 404, KeyVerdict.Unreachable)]
    public async Task A_key_that_cannot_be_checked_is_not_kept(string request, int status, KeyVerdict expected)
    {
        var connection = await cluster.ConnectAsync();
        var before = await connection.RechargeAccount.GetStatusAsync();
        connection.Store.Status = asked => asked == request ? (HttpStatusCode)status : HttpStatusCode.OK;
        var check = await connection.RechargeAccount.SetKeyAsync(connection.RechargeToken, "secret");

        Assert.Equal(expected, check.Verdict);
        Assert.NotNull(check.Detail);
        Assert.Equal(before, await connection.RechargeAccount.GetStatusAsync());
        Assert.Empty(await connection.RechargeAccount.GetClientSecretsAsync());
    }

    [Fact]
    public async Task A_key_that_lacks_scopes_is_not_kept_and_each_scope_is_named()
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.Scopes.Remove("read_orders");
        connection.Store.Scopes.Remove("read_customers");
        var check = await connection.RechargeAccount.SetKeyAsync(connection.RechargeToken, null);

        Assert.Equal(KeyVerdict.MissingScopes, check.Verdict);
        Assert.Equal(["read_customers", "read_orders"], check.MissingScopes);
    }

    [Fact]
    public async Task A_store_that_is_not_on_shopify_cannot_be_connected()
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.Platform = "big_commerce";
        Assert.Equal(KeyVerdict.NotShopify, (await connection.RechargeAccount.SetKeyAsync(connection.RechargeToken, null)).Verdict);
    }

    [Fact]
    public async Task A_replaced_client_secret_counts_beside_the_new_one()
    {
        var connection = await cluster.ConnectAsync();
        await connection.RechargeAccount.SetKeyAsync(connection.RechargeToken, "first");
        await connection.RechargeAccount.SetKeyAsync(connection.RechargeToken, "second");
        await TestConnection.ForgetAsync(connection.RechargeAccount);

        Assert.Equal(["second", "first"], await connection.RechargeAccount.GetClientSecretsAsync());
    }

    [Theory]
    [InlineData(401, RechargeFailure.KeyRefused)]
    [InlineData(403, RechargeFailure.MissingScope)]
    [InlineData(404, RechargeFailure.Refused)]
    [InlineData(422, RechargeFailure.Refused)]
    [InlineData(409, RechargeFailure.Unavailable)]
    [InlineData(429, RechargeFailure.Unavailable)]
    [InlineData(503, RechargeFailure.Unavailable)]
    public async Task A_call_that_fails_says_what_can_be_done_about_it(int status, RechargeFailure expected)
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.Status = _ => (HttpStatusCode)status;
        var failure = await Assert.ThrowsAsync<RechargeCallException>(
            () => connection.RechargeAccount.ReadCustomersAsync(new PageStart { UpdatedAfter = Given.Start }, CallPriority.Live));

        Assert.Equal(expected, failure.Failure);
        Assert.Equal(expected == RechargeFailure.KeyRefused, (await connection.RechargeAccount.GetStatusAsync()).RefusedSince is not null);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(30)]
    public async Task Deletions_are_asked_for_as_far_back_as_the_log_of_events_reaches(int daysAgo)
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.Deletions.AddRange(
        [
            new EventDto { ObjectType = "subscription", ObjectId = 5, CustomerId = 51 },
            new EventDto { ObjectType = "customer", ObjectId = 52 },
            new EventDto { ObjectType = "address", ObjectId = 6, CustomerId = 53 },
            new EventDto { ObjectType = "subscription", ObjectId = 7, CustomerId = 51 },
        ]);
        var now = DateTimeOffset.UtcNow;

        var page = await connection.RechargeAccount.ReadDeletionsAsync(now.AddDays(-daysAgo), null, CallPriority.BackFill);

        Assert.Equal([51, 52], page.CustomerIds);
        var asked = Assert.Single(connection.Store.Requests(), request => request.StartsWith("events since ", StringComparison.Ordinal));
        var since = DateTimeOffset.Parse(asked["events since ".Length..], CultureInfo.InvariantCulture);
        Assert.InRange(since, now.AddDays(-Math.Min(daysAgo, 7)).AddMinutes(daysAgo > 7 ? 1 : -1), now.AddDays(-Math.Min(daysAgo, 7)).AddMinutes(daysAgo > 7 ? 10 : 1));
    }

    [Fact]
    public async Task A_key_that_may_not_read_the_log_of_events_does_without()
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.Status = _ => HttpStatusCode.Forbidden;

        Assert.Empty((await connection.RechargeAccount.ReadDeletionsAsync(Given.Start, null, CallPriority.BackFill)).CustomerIds);
    }

    [Fact]
    public async Task A_key_that_is_taken_again_is_no_longer_refused()
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.Status = _ => HttpStatusCode.Unauthorized;
        await Assert.ThrowsAsync<RechargeCallException>(connection.RechargeAccount.ListWebhooksAsync);
        connection.Store.Status = _ => HttpStatusCode.OK;
        await connection.RechargeAccount.ListWebhooksAsync();

        Assert.Null((await connection.RechargeAccount.GetStatusAsync()).RefusedSince);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    public async Task A_page_of_customers_says_how_many_calls_it_took_and_at_which_rate(bool included, int calls)
    {
        var connection = await cluster.ConnectAsync();
        connection.Store.IncludesSubscriptions = included;
        connection.Store.Put(Given.Customer with { Id = 1 }, Given.Subscription with { Id = 11, CustomerId = 1 });
        connection.Store.Put(Given.Customer with { Id = 2 }, Given.Subscription with { Id = 12, CustomerId = 2 });

        var page = await connection.RechargeAccount.ReadCustomersAsync(new PageStart { UpdatedAfter = Given.Start }, CallPriority.BackFill);

        Assert.Equal((2, calls, 2), (page.Customers.Count, page.Calls, page.CallsPerSecond));
        Assert.All(page.Customers, customer => Assert.Single(customer.Subscriptions));
    }

    [Fact]
    public async Task A_customer_that_recharge_does_not_have_is_none()
    {
        var connection = await cluster.ConnectAsync();
        Assert.Null(await connection.RechargeAccount.ReadCustomerAsync(404, CallPriority.Live));
    }
}
