using System.Net;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Outbox;
using RechargeGrains.Grains.Tests.Cluster;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Tests.Outbox;

public sealed class OutboxGrainTests(ClusterFixture cluster)
{
    [Fact]
    public async Task A_backlog_survives_that_the_outbox_is_woken_anew_and_is_delivered_in_order()
    {
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true);
        for (var i = 1; i <= 250; i++)
            await connection.OfferAsync(TestConnection.Told(i % 7 + 10, i));
        await TestConnection.ForgetAsync(connection.Outbox);
        Assert.Equal(250, (await connection.Outbox.GetStatusAsync()).Waiting);
        Assert.Empty(connection.Ometria.Pushes());

        await connection.HoldAsync(false);
        Assert.Equal(Enumerable.Range(1, 250).Select(i => $"event-{i % 7 + 10}-{i}"), await connection.ToldAsync());
        Assert.All(connection.Ometria.Pushes(), push => Assert.InRange(push.Count, 1, 100));
        var status = await connection.Outbox.GetStatusAsync();
        Assert.Equal(0, status.Waiting);
    }

    [Fact]
    public async Task An_event_offered_again_is_taken_once()
    {
        var connection = await cluster.ConnectAsync();
        await connection.OfferAsync(TestConnection.Told(5, 1), TestConnection.Told(5, 2));
        await connection.Outbox.EnqueueAsync([TestConnection.Told(5, 1), TestConnection.Told(5, 2), TestConnection.Told(5, 3)], mayBeRepeated: true);
        await TestConnection.ForgetAsync(connection.Outbox);
        await connection.Outbox.EnqueueAsync([TestConnection.Told(5, 3)], mayBeRepeated: true);

        Assert.Equal(["event-5-1", "event-5-2", "event-5-3"], await connection.ToldAsync());
    }

    // Else every restart in good order would tell something twice.
    [Fact]
    public async Task A_push_under_way_is_waited_for_when_the_outbox_leaves()
    {
        var connection = await cluster.ConnectAsync();
        // Its contact goes ahead of the first.
        await connection.OfferAsync(TestConnection.Told(5, 1));
        await connection.Ometria.AcceptedAsync(1);
        var answer = new TaskCompletionSource();
        connection.Ometria.AnswersAfter = answer.Task;
        await connection.OfferAsync(TestConnection.Told(5, 2));
        await connection.Ometria.AcceptedAsync(2);

        await TestConnection.ForgetAsync(connection.Outbox);
        var next = connection.OfferAsync(TestConnection.Told(5, 3));
        answer.SetResult();
        await next;

        Assert.Equal(["event-5-1", "event-5-2", "event-5-3"], await connection.ToldAsync());
        Assert.Equal(0, (await connection.Outbox.GetStatusAsync()).Repeated);
    }

    [Fact]
    public async Task An_event_offered_again_long_after_its_segment_is_gone_is_still_recognised()
    {
        var connection = await cluster.ConnectAsync();
        await connection.SendAsync("subscription/created", Given.Subscription);
        for (var i = 1; i <= 260; i++)
        {
            // One after the other, so that each is a segment of its own.
            await connection.Ometria.AcceptedAsync(i);
            await connection.OfferAsync(TestConnection.Told(6, i));
        }

        Assert.Equal(261, (await connection.ToldAsync()).Count);
        var ledger = new TakenLedger(cluster.Storage, connection.Outbox.GetGrainId());
        await TestConnection.WaitForAsync(() => ledger.ReadAsync(Given.CustomerId), sequence => sequence == 1);
        await TestConnection.ForgetAsync(connection.Outbox);
        await TestConnection.ForgetAsync(connection.Customer());
        await connection.SendAsync("subscription/created", Given.Subscription);

        Assert.Single(await connection.ToldAsync(), "rc-77-900100411-created");
    }

    [Fact]
    public async Task One_poisoned_event_is_dead_lettered_and_the_rest_is_sent_once()
    {
        var connection = await cluster.ConnectAsync();
        connection.Ometria.Status = (_, records) =>
            records.Any(record => FakeOmetriaAccount.IdOf(record) == "event-5-37") ? HttpStatusCode.BadRequest : HttpStatusCode.Accepted;
        await connection.HoldAsync(true);
        await connection.OfferAsync([.. Enumerable.Range(1, 100).Select(i => TestConnection.Told(5, i))]);
        await connection.HoldAsync(false);

        Assert.Equal(Enumerable.Range(1, 100).Where(i => i != 37).Select(i => $"event-5-{i}"), await connection.ToldAsync());
        var status = await connection.Outbox.GetStatusAsync();
        Assert.Equal((1, 0), (status.DeadLettered, status.Waiting));
        var day = new DeliveryDayKey(connection.Key, new DateOnly(2026, 3, 9)).ToString();
        var page = await cluster.Grains.GetGrain<IDeliveryLogGrain>(day).ReadAsync(new DeliveryFilter { Status = DeliveryStatus.DeadLettered }, null, 10);
        Assert.Equal("event-5-37", Assert.Single(page.Entries).EventId);
    }

    [Fact]
    public async Task A_refused_key_keeps_everything_until_it_is_replaced()
    {
        var connection = await cluster.ConnectAsync();
        var refused = $"ometria-key-1-of-{connection.Key.TenantId}";
        connection.Ometria.Status = (apiKey, _) => apiKey == refused ? HttpStatusCode.Unauthorized : HttpStatusCode.Accepted;
        await connection.OfferAsync(TestConnection.Told(5, 1));
        await connection.Ometria.PushesAsync(atLeast: 1);
        await connection.OfferAsync(TestConnection.Told(5, 2));
        Assert.Equal(2, (await connection.Outbox.GetStatusAsync()).Waiting);

        await cluster.ReplaceOmetriaKeyAsync(connection, $"ometria-key-2-of-{connection.Key.TenantId}");
        await connection.HoldAsync(false);
        Assert.Equal(["event-5-1", "event-5-2"], await connection.ToldAsync());
        Assert.Null((await connection.OmetriaAccount.GetStatusAsync()).RefusedSince);
    }

    [Fact]
    public async Task A_refused_key_is_known_as_refused_and_not_tried_over_and_over()
    {
        var connection = await cluster.ConnectAsync();
        connection.Ometria.Status = (_, _) => HttpStatusCode.Forbidden;
        await connection.OfferAsync(TestConnection.Told(5, 1));
        await connection.Ometria.PushesAsync(atLeast: 1);
        // Asked through the account itself, so that the refusal has been noted when it answers.
        var again = await connection.OmetriaAccount.PushAsync("test", ["{}"u8.ToArray()], RechargeGrains.Recharge.CallPriority.Live, TestContext.Current.CancellationToken);

        Assert.Equal(RechargeGrains.Ometria.PushOutcome.KeyRefused, again.Outcome);
        Assert.NotNull((await connection.OmetriaAccount.GetStatusAsync()).RefusedSince);
        Assert.Single(connection.Ometria.Pushes());
    }

    [Fact]
    public async Task What_failed_for_a_while_is_sent_again_under_the_same_id_and_taken_once()
    {
        var connection = await cluster.ConnectAsync();
        var answers = new Queue<HttpStatusCode>([HttpStatusCode.ServiceUnavailable]);
        connection.Ometria.Status = (_, _) => answers.TryDequeue(out var answer) ? answer : HttpStatusCode.Accepted;
        await connection.OfferAsync(TestConnection.Told(5, 1));
        await connection.Ometria.AcceptedAsync(atLeast: 1);

        Assert.Equal(["event-5-1"], await connection.ToldAsync());
        var pushes = connection.Ometria.Pushes();
        Assert.Equal(["event-5-1", "event-5-1"], pushes.Take(2).Select(push => FakeOmetriaAccount.IdOf(Assert.Single(push))));
        var status = await connection.Outbox.GetStatusAsync();
        Assert.Null(status.FailingSince);
        Assert.Null(status.LastFailure);
    }

    [Fact]
    public async Task An_event_that_is_no_longer_enabled_is_suppressed_and_not_sent()
    {
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true);
        await connection.OfferAsync(TestConnection.Told(5, 1), TestConnection.Told(5, 2) with { Kind = EventKind.UpcomingCharge }, TestConnection.Told(5, 3));
        connection.Context = Given.Context with { Events = [EventKind.SubscriptionCreated] };
        await connection.HoldAsync(false);

        Assert.Equal(["event-5-1", "event-5-3"], await connection.ToldAsync());
        Assert.Equal((1, 0), ((await connection.Outbox.GetStatusAsync()).Suppressed, (await connection.Outbox.GetStatusAsync()).Waiting));
    }

    [Fact]
    public async Task A_record_larger_than_ometria_takes_is_dead_lettered_without_being_sent()
    {
        var connection = await cluster.ConnectAsync();
        var large = TestConnection.Told(5, 1) with { PropertiesJson = $$"""{"text":"{{new string('x', 60_000)}}"}""" };
        await connection.OfferAsync(large, TestConnection.Told(5, 2));

        Assert.Equal(["event-5-2"], await connection.ToldAsync());
        Assert.DoesNotContain(connection.Ometria.Pushes(), push => push.Any(record => FakeOmetriaAccount.IdOf(record) == "event-5-1"));
        Assert.Equal(1, (await connection.Outbox.GetStatusAsync()).DeadLettered);
    }

    [Fact]
    public async Task A_full_outbox_says_so_and_takes_nothing()
    {
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true);
        await connection.OfferAsync([.. Enumerable.Range(1, ClusterFixture.MaxWaiting - 1).Select(i => TestConnection.Told(5, i))]);
        await Assert.ThrowsAsync<OutboxFullException>(() => connection.OfferAsync(TestConnection.Told(6, 1), TestConnection.Told(6, 2)));
        Assert.Equal(ClusterFixture.MaxWaiting - 1, (await connection.Outbox.GetStatusAsync()).Waiting);
        await connection.OfferAsync(TestConnection.Told(6, 1));

        Assert.Equal(ClusterFixture.MaxWaiting, (await connection.Outbox.GetStatusAsync()).Waiting);
    }

    [Fact]
    public async Task What_waits_is_listed_newest_first()
    {
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true);
        await connection.OfferAsync([.. Enumerable.Range(1, 150).Select(i => TestConnection.Told(5, i))]);

        var waiting = await connection.Outbox.ListWaitingAsync(new DeliveryFilter(), 120);
        Assert.Equal(Enumerable.Range(31, 120).Reverse().Select(i => $"event-5-{i}"), waiting.Select(entry => entry.EventId));
        Assert.All(waiting, entry => Assert.Equal(DeliveryStatus.Waiting, entry.Status));
    }

    [Fact]
    public async Task All_that_waits_can_be_read_page_by_page_while_more_comes()
    {
        var connection = await cluster.ConnectAsync();
        await connection.HoldAsync(true);
        await connection.OfferAsync([.. Enumerable.Range(1, 250).Select(i => TestConnection.Told(5, i))]);
        var read = new List<string>();
        long? before = null;
        do
        {
            var page = await connection.Outbox.ReadWaitingAsync(new DeliveryFilter(), before, 70);
            read.AddRange(page.Entries.Select(entry => entry.EventId));
            before = page.Before;
            await connection.OfferAsync(TestConnection.Told(6, read.Count));
        }
        while (before is not null);

        Assert.Equal(Enumerable.Range(1, 250).Reverse().Select(i => $"event-5-{i}"), read);
        var others = await connection.Outbox.ReadWaitingAsync(new DeliveryFilter { CustomerId = 6 }, null, 70);
        Assert.Equal((4, null), (others.Entries.Count, others.Before));
        Assert.Equal([], (await connection.Outbox.ReadWaitingAsync(new DeliveryFilter(), 0, 70)).Entries);
    }
}
