using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Outbox;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tests.Outbox;

/// <summary>What waits in a tenant's outboxes counts together.</summary>
public sealed class TenantBacklogTests(ClusterFixture cluster)
{
    private const int Quota = 10;

    [Fact]
    public async Task What_waits_elsewhere_in_the_tenant_leaves_less_room_and_more_again_once_it_is_gone()
    {
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true, Quota);
        var tenant = cluster.Grains.GetGrain<ITenantBacklogGrain>(connection.Key.TenantId);
        Assert.Equal(0, await tenant.ShareAsync("another", Quota - 2));
        await connection.OfferAsync(TestConnection.Told(5, 1));
        await WaitForOthersAsync(connection, Quota - 2);

        await Assert.ThrowsAsync<OutboxFullException>(() => connection.OfferAsync(TestConnection.Told(5, 2), TestConnection.Told(5, 3)));
        await connection.OfferAsync(TestConnection.Told(5, 2));
        var full = await connection.Outbox.GetStatusAsync();
        Assert.Equal((2, Quota, 0), (full.Waiting, full.TenantWaiting, full.TenantRoom));

        await tenant.ShareAsync("another", 0);
        // The tenant wakes its connections, which makes the outboxes say where they stand.
        await connection.HoldAsync(true, Quota);
        await WaitForOthersAsync(connection, 0);
        await connection.OfferAsync(TestConnection.Told(5, 3));
        await WaitUntilAsync(async () => await tenant.ShareAsync("another", 0) == 2 + 1);
    }

    [Fact]
    public async Task Without_a_quota_of_its_own_that_of_the_service_holds()
    {
        var connection = await cluster.ConnectAsync();

        Assert.Equal(1_000_000, (await connection.Outbox.GetStatusAsync()).TenantRoom);
    }

    private static Task WaitForOthersAsync(TestConnection connection, long others) => WaitUntilAsync(
        async () => await connection.Outbox.GetStatusAsync() is var status && status.TenantWaiting - status.Waiting == others);

    private static async Task WaitUntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await isSo())
            await pace.WaitForNextTickAsync(limit.Token);
    }
}
