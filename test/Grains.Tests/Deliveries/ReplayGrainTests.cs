using System.Net;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Deliveries;

public sealed class ReplayGrainTests(ClusterFixture cluster)
{
    private static readonly DateOnly Day = DateOnly.FromDateTime(Given.Start.UtcDateTime);

    [Fact]
    public async Task What_was_dead_lettered_is_sent_again_under_its_id_and_its_line_and_the_counters_follow()
    {
        var connection = await cluster.ConnectAsync();
        connection.Ometria.Status = (_, _) => HttpStatusCode.BadRequest;
        await connection.HoldAsync(true);
        await connection.OfferAsync([.. Enumerable.Range(2, 5).Select(i => TestConnection.Told(5, i))]);
        await connection.HoldAsync(false);
        await connection.WaitForStatusAsync(status => status.DeadLettered == 5);
        await connection.WaitForLineAsync("event-5-6", Given.Start);

        connection.Ometria.Status = (_, _) => HttpStatusCode.Accepted;
        var range = new ReplayRange(new DeliveryFilter { Status = DeliveryStatus.DeadLettered }, Day, Day);
        Assert.Equal(5, await Replay(connection).CountAsync(range));
        var started = await Replay(connection).StartAsync(range);
        Assert.Equal(5, started!.Matched);
        var status = await connection.WaitForStatusAsync(status => status.Sent == 5);

        Assert.Equal((0, 0, null), (status.DeadLettered, status.Waiting, status.DeadLetteredSince));
        Assert.Equal(Enumerable.Range(2, 5).Select(i => $"event-5-{i}"), connection.Ometria.Accepted().Select(FakeOmetriaAccount.IdOf));
        for (var i = 2; i <= 6; i++)
            await connection.WaitForLineAsync($"event-5-{i}", Given.Start, line => line.Status == DeliveryStatus.Sent);
        var page = await connection.DeliveryLog(Day).ReadAsync(new DeliveryFilter(), null, 100);
        Assert.Equal(5, page.Entries.Count);
        Assert.All(page.Entries, line => Assert.Equal((DeliveryStatus.Sent, 1), (line.Status, line.Replays)));
        Assert.Equal(0, await Replay(connection).CountAsync(range));
    }

    [Fact]
    public async Task One_that_waits_for_its_replay_is_taken_once()
    {
        var connection = await cluster.ConnectAsync();
        await connection.OfferAsync(TestConnection.Told(5, 2));
        await connection.ToldAsync();
        var line = await connection.WaitForLineAsync("event-5-2", Given.Start);
        await connection.HoldAsync(true);

        Assert.Equal(1, await connection.Outbox.ReplayAsync([line]));
        Assert.Equal(0, await connection.Outbox.ReplayAsync([line]));
        await TestConnection.ForgetAsync(connection.Outbox);
        Assert.Equal(0, await connection.Outbox.ReplayAsync([line]));
        await connection.HoldAsync(false);
        Assert.Equal(["event-5-2", "event-5-2"], await connection.ToldAsync());
    }

    [Fact]
    public async Task A_replay_of_what_was_sent_does_not_run_after_what_is_sent_meanwhile()
    {
        var connection = await cluster.ConnectAsync();
        await connection.OfferAsync([.. Enumerable.Range(2, 250).Select(i => TestConnection.Told(5, i))]);
        await connection.WaitForStatusAsync(status => status.Sent == 250);
        await connection.WaitForLineAsync("event-5-251", Given.Start);
        await Replay(connection).StartAsync(new ReplayRange(new DeliveryFilter { Status = DeliveryStatus.Sent }, Day, Day));
        await connection.WaitForStatusAsync(status => status is { Waiting: 0 } && connection.Ometria.Accepted().Count >= 500);
        await connection.ToldAsync();

        Assert.Equal(500, connection.Ometria.Accepted().Count(record => !FakeOmetriaAccount.IdOf(record).StartsWith("sentinel", StringComparison.Ordinal)));
        Assert.NotNull((await Replay(connection).GetStatusAsync())!.FinishedAt);
    }

    private IReplayGrain Replay(TestConnection connection) => cluster.Grains.GetGrain<IReplayGrain>(connection.Key.ToString());
}
