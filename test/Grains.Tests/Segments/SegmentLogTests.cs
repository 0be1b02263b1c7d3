using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Tests.Cluster;

namespace RechargeGrains.Grains.Tests.Segments;

public sealed class SegmentLogTests : IAsyncDisposable
{
    private const int Size = 4;

    private readonly GrainId _grain = GrainId.Create("log", Guid.NewGuid().ToString("N"));
    private readonly WatchedStorage _storage;
    private readonly Turn _turn = new();

    public SegmentLogTests(ClusterFixture cluster) => _storage = new WatchedStorage(cluster.Storage);

    public ValueTask DisposeAsync() => _turn.DisposeAsync();

    [Fact]
    public Task Appends_of_many_callers_share_a_write_and_are_read_back_in_order() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => log.AppendAsync([i])));

        Assert.Equal(3, _storage.Writes.Count);
        Assert.Equal(Enumerable.Range(0, 10), await ItemsAsync());
    });

    [Fact]
    public Task What_is_appended_during_a_write_goes_with_the_next_one() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        var held = _storage.HoldNextWrite();
        var first = log.AppendAsync([0]);
        await held.Reached;
        var later = Enumerable.Range(1, 3).Select(i => log.AppendAsync([i])).ToList();
        Assert.All(later, append => Assert.False(append.IsCompleted));
        held.Release();
        await Task.WhenAll([first, .. later]);

        Assert.Equal(["log-0", "log-0"], _storage.Writes);
        Assert.Equal([0, 1, 2, 3], await ItemsAsync());
    });

    [Fact]
    public Task An_append_completes_only_when_it_is_in_storage() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        var held = _storage.HoldNextWrite();
        var append = log.AppendAsync([7]);
        await held.Reached;
        Assert.False(append.IsCompleted);
        Assert.Empty(await ItemsAsync());
        held.Release();
        await append;

        Assert.Equal([7], await ItemsAsync());
    });

    [Fact]
    public Task A_full_segment_is_followed_by_another() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        await log.AppendAsync([.. Enumerable.Range(0, 9)]);

        Assert.Equal((0, 3, 2), (log.First, log.End, log.Open));
        Assert.Equal([0, 1, 2, 3], await log.ReadAsync(0));
        Assert.Equal([4, 5, 6, 7], await log.ReadAsync(1));
        Assert.Equal([8], await log.ReadAsync(2));
    });

    /// <summary>One by one, so that nothing shares a write.</summary>
    [Fact]
    public Task What_is_stored_of_a_segment_is_not_written_again_with_each_append() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync(large: true);
        for (var i = 0; i < 20; i++)
            await log.AppendAsync([i]);

        Assert.Equal([.. Enumerable.Repeat("log-0", 8), .. Enumerable.Repeat("log-0.1", 8), .. Enumerable.Repeat("log-0.2", 4)], _storage.Writes);
        Assert.Equal((0, 1, 0), (log.First, log.End, log.Open));
        Assert.Equal(Enumerable.Range(0, 20), await log.ReadAsync(0));
        Assert.Equal(Enumerable.Range(0, 20), log.Seal());
        Assert.Equal(Enumerable.Range(0, 20), await log.ReadAsync(0));
        Assert.Equal(Enumerable.Range(0, 20), await ItemsAsync());
    });

    [Fact]
    public Task What_comes_at_once_is_one_record_however_much_it_is() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync(large: true);
        await log.AppendAsync([.. Enumerable.Range(0, 50)]);
        await log.AppendAsync([50]);

        Assert.Equal(["log-0", "log-0.1"], _storage.Writes);
        Assert.Equal(Enumerable.Range(0, 51), await ItemsAsync());
    });

    [Theory]
    [InlineData("log-0")]
    [InlineData("log-0.1")]
    [InlineData("log-0.2")]
    public Task A_crash_in_the_middle_of_clearing_a_segment_leaves_no_piece_behind(string lost) => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync(large: true);
        for (var i = 0; i < 20; i++)
            await log.AppendAsync([i]);
        log.Seal();
        _storage.FailClear = name => name == lost;
        await Assert.ThrowsAsync<IOException>(() => log.TrimAsync(0));
        _storage.FailClear = _ => false;

        Assert.Empty(await ItemsAsync());
        foreach (var name in new[] { "log-0", "log-0.1", "log-0.2" })
            Assert.False((await StoredRecord<Segment<int>>.ReadAsync(_storage, _grain, name)).Exists);
    });

    [Fact]
    public Task Items_of_all_pieces_can_be_changed_in_place() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync(large: true);
        for (var i = 0; i < 20; i++)
            await log.AppendAsync([i]);
        log.Seal();
        await log.RewriteAsync(0, items =>
        {
            items[3] = items[17] = 99;
            return true;
        });

        Assert.Equal([0, 1, 2, 99, .. Enumerable.Range(4, 13), 99, 18, 19], await ItemsAsync());
    });

    [Fact]
    public Task A_sealed_segment_takes_no_more_and_what_is_not_yet_stored_of_it_is_not_lost() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        var sealedAppend = log.AppendAsync([1]);
        log.Seal();
        Assert.Null(log.Open);
        Assert.Equal([1], await log.ReadAsync(0));
        await Task.WhenAll(sealedAppend, log.AppendAsync([2]));

        Assert.Equal([1], await log.ReadAsync(0));
        Assert.Equal([2], await log.ReadAsync(1));
    });

    [Fact]
    public Task A_loaded_log_leaves_old_segments_as_they_are() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        await log.AppendAsync([1]);
        var again = await LoadAsync();
        Assert.Equal((1, null), (again.End, again.Open));
        await again.AppendAsync([2]);

        Assert.Equal([1], await again.ReadAsync(0));
        Assert.Equal([2], await again.ReadAsync(1));
    });

    [Fact]
    public Task Trimmed_segments_are_gone_from_storage_and_the_rest_stays() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        await log.AppendAsync([.. Enumerable.Range(0, 9)]);
        await log.TrimAsync(1);

        Assert.Equal((2, 3), (log.First, log.End));
        Assert.Equal([8], await ItemsAsync());
        Assert.False(await ExistsAsync(0));
        Assert.False(await ExistsAsync(1));
    });

    [Fact]
    public Task A_log_that_was_trimmed_to_nothing_goes_on_with_new_numbers() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        await log.AppendAsync([1]);
        log.Seal();
        await log.TrimAsync(0);
        var again = await LoadAsync();
        await again.AppendAsync([2]);

        Assert.Equal((1, 2), (again.First, again.End));
        Assert.Equal([2], await ItemsAsync());
    });

    [Fact]
    public Task Trimming_twice_is_harmless() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        await log.AppendAsync([.. Enumerable.Range(0, 9)]);
        await log.TrimAsync(1);
        var writes = _storage.Writes.Count;
        await log.TrimAsync(0);

        Assert.Equal(writes, _storage.Writes.Count);
        Assert.Equal([8], await ItemsAsync());
    });

    [Fact]
    public Task A_crash_between_moving_the_start_and_clearing_leaves_nothing_behind() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        await log.AppendAsync([.. Enumerable.Range(0, 9)]);
        var head = await StoredRecord<SegmentHead>.ReadAsync(_storage, _grain, "log-head");
        head.Value.First = 2;
        await head.WriteAsync();

        Assert.Equal([8], await ItemsAsync());
        Assert.False(await ExistsAsync(0));
        Assert.False(await ExistsAsync(1));
        Assert.True(await ExistsAsync(2));
    });

    [Fact]
    public Task A_crash_in_the_middle_of_clearing_is_made_good_too() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        await log.AppendAsync([.. Enumerable.Range(0, 9)]);
        _storage.FailClear = name => name == "log-1";
        await Assert.ThrowsAsync<IOException>(() => log.TrimAsync(1));
        _storage.FailClear = _ => false;

        Assert.Equal([8], await ItemsAsync());
        Assert.False(await ExistsAsync(1));
    });

    [Fact]
    public Task A_failed_write_is_told_to_every_caller_until_the_log_is_loaded_anew() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        await log.AppendAsync([0]);
        _storage.FailWrite = _ => true;
        var held = _storage.HoldNextWrite();
        var first = log.AppendAsync([1]);
        await held.Reached;
        var waiting = log.AppendAsync([2]);
        held.Release();

        await Assert.ThrowsAsync<IOException>(() => first);
        await Assert.ThrowsAsync<IOException>(() => waiting);
        _storage.FailWrite = _ => false;
        await Assert.ThrowsAsync<IOException>(() => log.AppendAsync([3]));
        await Assert.ThrowsAsync<IOException>(log.WhenDurableAsync);

        Assert.Equal([0], await ItemsAsync());
        var again = await LoadAsync();
        await again.AppendAsync([4]);
        Assert.Equal([0, 4], await ItemsAsync());
    });

    [Fact]
    public Task Two_logs_that_open_the_same_segment_do_not_overwrite_each_other() => _turn.RunAsync(async () =>
    {
        var one = await LoadAsync();
        var other = await LoadAsync();
        await one.AppendAsync([1]);

        await Assert.ThrowsAnyAsync<Orleans.Storage.InconsistentStateException>(() => other.AppendAsync([2]));
        Assert.Equal([1], await ItemsAsync());
    });

    /// <summary>Two silos may have the same grain for a moment, and the older of the two must not take what the younger would never see.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(Size, false)]
    [InlineData(Size + 1, true)]
    [InlineData(8, false, true)]
    [InlineData(8, true, true)]
    [InlineData(12, false, true)]
    public Task Who_takes_a_log_over_leaves_nothing_to_an_older_one(int items, bool isSealed, bool large = false) => _turn.RunAsync(async () =>
    {
        var older = await LoadAsync(large: large);
        await older.AppendAsync([.. Enumerable.Range(0, items)]);
        if (isSealed)
            older.Seal();
        var younger = await LoadAsync(large: large);
        await younger.FenceAsync();

        await Assert.ThrowsAnyAsync<Orleans.Storage.InconsistentStateException>(() => older.AppendAsync([99]));
        await younger.AppendAsync([100]);
        Assert.Equal([.. Enumerable.Range(0, items), 100], await ItemsAsync());
    });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public Task What_comes_between_loading_and_taking_over_is_noticed(int items) => _turn.RunAsync(async () =>
    {
        var older = await LoadAsync();
        await older.AppendAsync([.. Enumerable.Range(0, items)]);
        var younger = await LoadAsync();
        await older.AppendAsync([99]);

        await Assert.ThrowsAnyAsync<Orleans.Storage.InconsistentStateException>(younger.FenceAsync);
    });

    [Fact]
    public Task Taking_over_again_and_again_makes_a_log_no_longer() => _turn.RunAsync(async () =>
    {
        await (await LoadAsync()).AppendAsync([1]);
        for (var i = 0; i < 3; i++)
        {
            var log = await LoadAsync();
            await log.FenceAsync();
            Assert.Equal((1, 2, 1), (log.EndOfItems, log.End, log.Open));
        }

        Assert.Equal([1], await ItemsAsync());
    });

    [Fact]
    public Task With_nothing_appended_everything_is_durable() => _turn.RunAsync(async () =>
    {
        var log = await LoadAsync();
        Assert.True(log.WhenDurableAsync().IsCompletedSuccessfully);
        Assert.Equal((0, 0, null), (log.First, log.End, log.Open));
    });

    private async Task<SegmentLog<int>> LoadAsync(Action<long, IReadOnlyList<int>>? visit = null, bool large = false)
    {
        var log = new SegmentLog<int>(_storage, _grain, "log", large ? 100 : Size);
        await log.LoadAsync(visit);
        return log;
    }

    private async Task<List<int>> ItemsAsync()
    {
        var items = new List<int>();
        await LoadAsync((_, segment) => items.AddRange(segment));
        return items;
    }

    private async Task<bool> ExistsAsync(long number) => (await StoredRecord<Segment<int>>.ReadAsync(_storage, _grain, $"log-{number}")).Exists;
}
