using Orleans.Storage;

namespace RechargeGrains.Silo.Tests.Storage;

/// <summary>
/// What the product relies on from grain storage, whichever provider is behind it. A provider is put through it by a
/// class that derives from this one and says how to open and close the provider. Records of one test are never seen by
/// another, so the provider's data may be shared by all.
/// </summary>
public abstract class GrainStorageConformance : IAsyncLifetime
{
    private const string Name = "state";

    private readonly GrainId _grain = GrainId.Create("conformance", Guid.NewGuid().ToString("N"));
    private IGrainStorage _storage = null!;

    private static CancellationToken Cancelled => new(canceled: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _storage = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Reading_nothing_gives_new_state_without_a_record()
    {
        var state = new Record<ConformanceState> { State = null!, ETag = "left over", RecordExists = true };
        await ReadAsync(state);

        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.NotNull(state.State);
        Assert.Equal(0, state.State.Count);
    }

    [Fact]
    public async Task What_is_written_is_read_again()
    {
        var written = NewState(0, "žluťoučký kůň 🐎 \"<&>'\\ \u0001 \r\n");
        written.State.Note = null;
        written.State.Price = 12.3400m;
        written.State.Day = DayOfWeek.Wednesday;
        written.State.At = new DateTimeOffset(2026, 3, 9, 14, 5, 0, 123, TimeSpan.FromHours(5.5)).AddTicks(4567);
        written.State.Totals = new() { ["a b/ü"] = long.MaxValue, [""] = 0 };
        await WriteAsync(written);

        var read = await ReadAsync();
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equivalent(written.State, read.State, strict: true);
        Assert.Equal(written.State.At.Value.Offset, read.State.At!.Value.Offset);
        Assert.Empty(read.State.Names);
    }

    [Fact]
    public async Task Writing_gives_a_new_etag_each_time()
    {
        var state = NewState(1);
        await WriteAsync(state);
        var first = state.ETag;
        await WriteAsync(state);

        Assert.True(state.RecordExists);
        Assert.False(string.IsNullOrEmpty(first));
        Assert.NotEqual(first, state.ETag);
    }

    [Fact]
    public async Task The_second_of_two_first_writes_is_refused()
    {
        await WriteAsync(NewState(1));
        var second = NewState(2);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(second));

        Assert.Null(second.ETag);
        Assert.Equal(1, (await ReadAsync()).State.Count);
    }

    [Fact]
    public async Task A_stale_write_is_refused()
    {
        await WriteAsync(NewState(1));
        var (fresh, stale) = (await ReadAsync(), await ReadAsync());
        fresh.State.Count = 2;
        await WriteAsync(fresh);
        stale.State.Count = 3;
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(stale));

        Assert.Equal(2, (await ReadAsync()).State.Count);
    }

    [Fact]
    public async Task A_stale_clear_is_refused()
    {
        await WriteAsync(NewState(1));
        var (fresh, stale) = (await ReadAsync(), await ReadAsync());
        await WriteAsync(fresh);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => ClearAsync(stale));

        Assert.True((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Clearing_leaves_no_record()
    {
        var state = NewState(1);
        await WriteAsync(state);
        await ClearAsync(state);

        Assert.False(state.RecordExists);
        Assert.Equal(0, state.State.Count);
        Assert.False((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task What_was_cleared_can_be_written_again()
    {
        var state = NewState(1);
        await WriteAsync(state);
        await ClearAsync(state);
        state.State.Count = 2;
        await WriteAsync(state);

        var read = await ReadAsync();
        Assert.True(read.RecordExists);
        Assert.Equal(2, read.State.Count);
    }

    [Fact]
    public async Task What_was_cleared_can_be_written_again_by_one_who_reads_it_first()
    {
        var state = NewState(1);
        await WriteAsync(state);
        await ClearAsync(state);
        var another = await ReadAsync();
        another.State.Count = 2;
        await WriteAsync(another);

        Assert.Equal(2, (await ReadAsync()).State.Count);
    }

    [Fact]
    public async Task One_who_missed_a_clear_and_a_write_is_refused()
    {
        var state = NewState(1);
        await WriteAsync(state);
        var stale = await ReadAsync();
        await ClearAsync(state);
        await WriteAsync(state);

        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(stale));
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => ClearAsync(stale));
    }

    [Fact]
    public async Task One_who_missed_a_clear_is_refused()
    {
        var state = NewState(1);
        await WriteAsync(state);
        var stale = await ReadAsync();
        await ClearAsync(state);

        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(stale));
        Assert.False((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task Clearing_nothing_is_accepted()
    {
        var state = await ReadAsync();
        await ClearAsync(state);

        Assert.False((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task One_who_never_saw_a_record_cannot_clear_it()
    {
        await WriteAsync(NewState(1));
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => ClearAsync(NewState(0)));

        Assert.True((await ReadAsync()).RecordExists);
    }

    [Fact]
    public async Task A_large_state_is_kept_whole()
    {
        var text = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(675_000));
        await WriteAsync(NewState(1, text));

        Assert.Equal(text, (await ReadAsync()).State.Text);
    }

    [Fact]
    public async Task A_grain_keeps_many_records_apart()
    {
        var names = Enumerable.Range(0, 100).Select(i => $"segment-{i}").Append("segment").Append("Segment-1").Append("segment/1").ToList();
        foreach (var name in names)
            await _storage.WriteStateAsync(name, _grain, NewState(1, name), Cancellation);
        await _storage.ClearStateAsync("segment-7", _grain, await ReadAsync("segment-7"), Cancellation);

        foreach (var name in names.Where(name => name != "segment-7"))
            Assert.Equal(name, (await ReadAsync(name)).State.Text);
        Assert.False((await ReadAsync("segment-7")).RecordExists);
    }

    [Fact]
    public async Task Grains_with_similar_keys_are_kept_apart()
    {
        GrainId[] grains = [GrainId.Create("a", "b/c"), GrainId.Create("ab", "/c"), GrainId.Create("a", "B/c"), GrainId.Create("a", "b/č")];
        var name = _grain.Key.ToString()!;
        for (var i = 0; i < grains.Length; i++)
            await _storage.WriteStateAsync(name, grains[i], NewState(i), Cancellation);

        for (var i = 0; i < grains.Length; i++)
        {
            var read = new Record<ConformanceState>();
            await _storage.ReadStateAsync(name, grains[i], read, Cancellation);
            Assert.Equal(i, read.State.Count);
        }
    }

    // Names of tenants are chosen by people, and some of them are numbers, or the same, to somebody.
    [Theory]
    [InlineData("ace", "0ace")]
    [InlineData("7", "07")]
    [InlineData("0123456789abcdef0123456789abcdef", "01234567-89ab-cdef-0123-456789abcdef")]
    [InlineData("ace+x", "0ace+x")]
    [InlineData("a/b", "a_b")]
    [InlineData("a?b", "a#b")]
    public async Task Keys_that_some_store_takes_for_the_same_are_kept_apart(string one, string other)
    {
        var name = _grain.Key.ToString()!;
        await _storage.WriteStateAsync(name, GrainId.Create("tenant", one), NewState(1), Cancellation);
        await _storage.WriteStateAsync(name, GrainId.Create("tenant", other), NewState(2), Cancellation);

        var read = new Record<ConformanceState>();
        await _storage.ReadStateAsync(name, GrainId.Create("tenant", one), read, Cancellation);
        Assert.Equal(1, read.State.Count);
    }

    [Fact]
    public async Task Many_writers_of_different_records_all_get_through()
    {
        const int Writers = 64;
        const int Rounds = 10;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                var state = NewState(0);
                for (state.State.Count = 1; state.State.Count < Rounds; state.State.Count++)
                    await _storage.WriteStateAsync($"of-{writer}", _grain, state, Cancellation);
                await _storage.WriteStateAsync($"of-{writer}", _grain, state, Cancellation);
            },
            Cancellation)));

        for (var writer = 0; writer < Writers; writer++)
            Assert.Equal(Rounds, (await ReadAsync($"of-{writer}")).State.Count);
    }

    [Fact]
    public async Task Of_many_writers_of_one_version_exactly_one_wins()
    {
        const int Writers = 64;
        for (var round = 0; round < 5; round++)
        {
            var seen = await ReadAsync();
            var attempts = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
                async () =>
                {
                    var mine = new Record<ConformanceState>
                    {
                        State = new() { Count = (round * Writers) + writer },
                        ETag = seen.ETag,
                        RecordExists = seen.RecordExists,
                    };
                    return (mine, won: await WinsAsync(mine));
                },
                Cancellation)));

            var (winner, _) = Assert.Single(attempts, attempt => attempt.won);
            var read = await ReadAsync();
            Assert.Equal(winner.State.Count, read.State.Count);
            Assert.Equal(winner.ETag, read.ETag);
        }
    }

    [Fact]
    public async Task Records_survive_reopening()
    {
        var kept = NewState(7);
        await WriteAsync(kept);
        await _storage.WriteStateAsync("cleared", _grain, NewState(8), Cancellation);
        await _storage.ClearStateAsync("cleared", _grain, await ReadAsync("cleared"), Cancellation);

        await CloseAsync();
        _storage = await OpenAsync();

        var read = await ReadAsync();
        Assert.Equal(7, read.State.Count);
        Assert.Equal(kept.ETag, read.ETag);
        await WriteAsync(kept);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(read));
        Assert.False((await ReadAsync("cleared")).RecordExists);
    }

    [Fact]
    public async Task What_is_cancelled_before_it_begins_has_no_effect()
    {
        var state = NewState(1);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _storage.WriteStateAsync(Name, _grain, state, Cancelled));
        Assert.False((await ReadAsync()).RecordExists);

        await WriteAsync(state);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _storage.ClearStateAsync(Name, _grain, state, Cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _storage.ReadStateAsync(Name, _grain, state, Cancelled));
        Assert.True((await ReadAsync()).RecordExists);
    }

    /// <summary>Opens the provider over the data of this test; called again after <see cref="CloseAsync"/>.</summary>
    protected abstract Task<IGrainStorage> OpenAsync();

    /// <summary>Closes what <see cref="OpenAsync"/> opened and keeps the data.</summary>
    protected abstract Task CloseAsync();

    private static Record<ConformanceState> NewState(int count, string text = "") =>
        new() { State = new() { Count = count, Text = text } };

    private async Task<Record<ConformanceState>> ReadAsync(string name = Name)
    {
        var state = new Record<ConformanceState>();
        await _storage.ReadStateAsync(name, _grain, state, Cancellation);
        return state;
    }

    private Task ReadAsync(Record<ConformanceState> state) => _storage.ReadStateAsync(Name, _grain, state, Cancellation);

    private Task WriteAsync(Record<ConformanceState> state) => _storage.WriteStateAsync(Name, _grain, state, Cancellation);

    private Task ClearAsync(Record<ConformanceState> state) => _storage.ClearStateAsync(Name, _grain, state, Cancellation);

    private async Task<bool> WinsAsync(Record<ConformanceState> state)
    {
        try
        {
            await WriteAsync(state);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }
}
