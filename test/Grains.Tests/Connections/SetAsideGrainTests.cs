using System.Text;
using RechargeGrains.Connections;
using RechargeGrains.Grains.Connections;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Connections;

public sealed class SetAsideGrainTests(ClusterFixture cluster)
{
    private const string Topic = "subscription/created";
    private const string NotThere = "The body has no object named subscription.";

    /// <summary>As it was set aside by a version that did not understand it.</summary>
    private static readonly SetAsideBody Readable = Body(
        """
        {"subscription":{"id":900100411,"customer_id":700100311,"status":"active","created_at":"2026-03-09T14:05:00+00:00","updated_at":"2026-03-09T14:05:00+00:00"},
         "customer":{"id":700100311,"email":"ines@example.test"}}
        """);

    private static readonly SetAsideBody Unreadable = Body("{}");

    [Fact]
    public async Task A_body_that_is_understood_by_now_is_applied_once_and_its_content_goes()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await grain.KeepAsync(Readable);
        Assert.True(await grain.TryAsync(0));
        Assert.Equal(1, (await grain.GetSummaryAsync()).Count);

        Assert.Equal(SetAsideOutcome.Applied, await grain.ReplayAsync(0, connection.Context));
        await TestConnection.ForgetAsync(grain);
        Assert.Equal(SetAsideOutcome.Applied, await grain.ReplayAsync(0, connection.Context));

        Assert.Equal(["rc-77-900100411-created"], await connection.ToldAsync());
        Assert.Equal(new SetAsideSummary(0, null, null), await grain.GetSummaryAsync());
        var read = await grain.ReadAsync(0);
        Assert.Empty(read!.Body);
        Assert.Equal((SetAsideStatus.Replayed, SetAsideOutcome.Applied, Readable.Body.Length), (read.Entry.Status, read.Entry.Outcome, read.Entry.Size));
        // The hour of its arrival, not that of the replay.
        Assert.All((await connection.Customer().DescribeAsync())!.Timeline, entry => Assert.Equal(Readable.ReceivedAt, entry.At));
    }

    [Fact]
    public async Task What_died_between_the_customer_and_the_mark_is_replayed_again_and_told_once()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await grain.KeepAsync(Readable);
        // The same body twice stands for a replay whose mark was lost: the customer has it already.
        await grain.KeepAsync(Readable);
        await grain.ReplayAsync(0, connection.Context);
        await TestConnection.ForgetAsync(connection.Customer());

        Assert.Equal(SetAsideOutcome.Duplicate, await grain.ReplayAsync(1, connection.Context));

        Assert.Equal(["rc-77-900100411-created"], await connection.ToldAsync());
        Assert.Equal(0, (await grain.GetSummaryAsync()).Count);
    }

    [Theory]
    [InlineData(SetAsideOutcome.Applied)]
    [InlineData(null)]
    public async Task What_died_between_the_sums_and_the_body_is_finished_by_the_next_activation(SetAsideOutcome? outcome)
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await grain.KeepAsync(Readable);
        await grain.KeepAsync(Unreadable);
        await ChangeStateAsync(grain, state =>
        {
            (state.Count, state.First) = (1, 1);
            state.Bytes -= Readable.Body.Length;
            state.Leaving = new SetAsideLeaving(0, outcome);
        });

        var read = await grain.ReadAsync(0);
        Assert.Equal(outcome, read?.Entry.Outcome);
        Assert.Empty(read?.Body ?? []);
        Assert.Equal(outcome is null, read is null);
        Assert.Equal([1L], (await grain.PickAsync(0, 10)).Numbers);
        await grain.KeepAsync(Unreadable);
        Assert.Equal(2, (await grain.GetSummaryAsync()).Count);
    }

    [Fact]
    public async Task A_body_that_is_not_understood_stays_with_the_reason_of_today()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await grain.KeepAsync(Unreadable);
        Assert.False(await grain.TryAsync(0));
        Assert.Equal("A reason of yesterday.", (await grain.ReadAsync(0))!.Entry.Reason);

        Assert.Equal(SetAsideOutcome.NotUnderstood, await grain.ReplayAsync(0, connection.Context));
        await TestConnection.ForgetAsync(grain);

        var read = await grain.ReadAsync(0);
        Assert.Equal(Unreadable.Body, read!.Body);
        Assert.Equal((SetAsideStatus.SetAside, NotThere), (read.Entry.Status, read.Entry.Reason));
        Assert.Equal(new SetAsideSummary(1, Unreadable.ReceivedAt, NotThere), await grain.GetSummaryAsync());
        Assert.Empty(await connection.ToldAsync());
    }

    [Fact]
    public async Task A_body_that_nobody_needs_leaves_without_a_customer()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await grain.KeepAsync(Unreadable with { Topic = "charge/paid" });

        Assert.Equal(SetAsideOutcome.NotNeeded, await grain.ReplayAsync(0, connection.Context));

        Assert.Equal(0, (await grain.GetSummaryAsync()).Count);
    }

    [Fact]
    public async Task Sums_follow_what_leaves_wherever_it_stood()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        for (var i = 0; i < 4; i++)
            await grain.KeepAsync(Unreadable with { ReceivedAt = Given.Start.AddMinutes(i), Reason = $"Reason {i}." });

        Assert.True(await grain.RemoveAsync(1));
        Assert.Equal(new SetAsideSummary(3, Given.Start, "Reason 3."), await grain.GetSummaryAsync());
        Assert.True(await grain.RemoveAsync(0));
        Assert.Equal(new SetAsideSummary(2, Given.Start.AddMinutes(2), "Reason 3."), await grain.GetSummaryAsync());
        Assert.True(await grain.RemoveAsync(3));
        Assert.Equal(new SetAsideSummary(1, Given.Start.AddMinutes(2), null), await grain.GetSummaryAsync());
        await grain.KeepAsync(Unreadable with { ReceivedAt = Given.Start.AddMinutes(9), Reason = "Reason 9." });
        await TestConnection.ForgetAsync(grain);

        Assert.Equal(new SetAsideSummary(2, Given.Start.AddMinutes(2), "Reason 9."), await grain.GetSummaryAsync());
        Assert.Equal([2L, 4L], (await grain.PickAsync(0, 10)).Numbers);
        Assert.Equal([4L, 2L], (await grain.ListAsync(null, 10)).Entries.Select(entry => entry.Number));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task A_number_that_was_not_given_is_none(long number)
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await grain.KeepAsync(Unreadable);

        Assert.Null(await grain.ReadAsync(number));
        Assert.Null(await grain.TryAsync(number));
        Assert.Null(await grain.ReplayAsync(number, connection.Context));
        Assert.False(await grain.RemoveAsync(number));
        Assert.Equal(1, (await grain.GetSummaryAsync()).Count);
    }

    [Fact]
    public async Task A_removed_body_is_gone_and_its_number_is_not_given_again()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await grain.KeepAsync(Readable);
        await grain.ReplayAsync(0, connection.Context);
        Assert.True(await grain.RemoveAsync(0));
        await grain.KeepAsync(Unreadable);

        Assert.False(await grain.RemoveAsync(0));
        Assert.Equal(1, Assert.Single((await grain.ListAsync(null, 10)).Entries).Number);
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        for (var i = 0; i < 5; i++)
            await grain.KeepAsync(Unreadable);

        var newest = await grain.ListAsync(null, 2);
        var rest = await grain.ListAsync(newest.Before, 3);
        Assert.Equal([4L, 3L], newest.Entries.Select(entry => entry.Number));
        Assert.Equal([2L, 1L, 0L], rest.Entries.Select(entry => entry.Number));
        Assert.Null(rest.Before);
        var oldest = await grain.PickAsync(long.MinValue, 2);
        Assert.Equal([0L, 1L], oldest.Numbers);
        Assert.Equal([2L, 3L, 4L], (await grain.PickAsync(oldest.Next!.Value, 10)).Numbers);
        Assert.Empty((await grain.PickAsync(long.MaxValue, 10)).Numbers);
    }

    [Fact]
    public async Task Records_from_before_bodies_could_leave_are_read_and_replayed()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await WriteAsync<SetAsideRecord>(grain, "body-0", record => record.Body = Unreadable);
        await WriteAsync<SetAsideRecord>(grain, "body-1", record => record.Body = Readable);
        await ChangeStateAsync(grain, state =>
        {
            (state.Count, state.Bytes) = (2, Unreadable.Body.Length + Readable.Body.Length);
            (state.FirstAt, state.LastReason) = (Unreadable.ReceivedAt, "An old reason.");
        });

        Assert.Equal([1L, 0L], (await grain.ListAsync(null, 10)).Entries.Select(entry => entry.Number));
        Assert.Equal(SetAsideOutcome.Applied, await grain.ReplayAsync(1, connection.Context));
        await grain.KeepAsync(Unreadable);

        Assert.Equal([0L, 2L], (await grain.PickAsync(0, 10)).Numbers);
        Assert.Equal(2, (await grain.GetSummaryAsync()).Count);
    }

    [Fact]
    public async Task More_bodies_than_fit_are_refused_until_one_leaves()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await grain.KeepAsync(Unreadable);
        await ChangeStateAsync(grain, state => state.Count = SetAsideGrain.MaxCount);

        await Assert.ThrowsAsync<SetAsideFullException>(() => grain.KeepAsync(Unreadable));
        await grain.RemoveAsync(0);
        await grain.KeepAsync(Unreadable);
    }

    [Fact]
    public async Task A_topic_is_kept_short_and_never_ends_in_half_a_character()
    {
        var connection = await cluster.ConnectAsync();
        var grain = GrainOf(connection);
        await grain.KeepAsync(Unreadable with { Topic = $"{new string('x', 99)}😀{new string('x', 5_000)}" });
        await TestConnection.ForgetAsync(grain);

        Assert.Equal(new string('x', 99), (await grain.ReadAsync(0))!.Entry.Topic);
        Assert.Equal(SetAsideOutcome.NotUnderstood, await grain.ReplayAsync(0, connection.Context));
    }

    private ISetAsideGrain GrainOf(TestConnection connection) => cluster.Grains.GetGrain<ISetAsideGrain>(connection.Key.ToString());

    private static SetAsideBody Body(string text) =>
        new() { Topic = Topic, ReceivedAt = Given.Start.AddMinutes(1), Body = Encoding.UTF8.GetBytes(text), Reason = "A reason of yesterday." };

    /// <summary>Changes what is stored behind the grain's back, as if another version or a crash had left it so.</summary>
    private async Task ChangeStateAsync(ISetAsideGrain grain, Action<SetAsideState> change)
    {
        await WriteAsync(grain, "set-aside", change);
        await TestConnection.ForgetAsync(grain);
    }

    private async Task WriteAsync<T>(ISetAsideGrain grain, string name, Action<T> change)
        where T : class, new()
    {
        var record = await StoredRecord<T>.ReadAsync(cluster.Storage, grain.GetGrainId(), name);
        change(record.Value);
        await record.WriteAsync();
    }
}
