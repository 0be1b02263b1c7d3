namespace RechargeGrains.Silo.Tests.Storage;

/// <summary>
/// What the product, and the reminder service of Orleans, rely on from a reminder table. A table is put through it by a
/// class that derives from this one. Reminders of one test may be seen by another only through ranges, and those are
/// asked about this test's own grains.
/// </summary>
public abstract class ReminderTableConformance : IAsyncLifetime
{
    private const string Name = "daily";

    private static readonly DateTime StartAt = new(2026, 3, 9, 6, 0, 0, DateTimeKind.Utc);

    private readonly string _test = Guid.NewGuid().ToString("N");
    private IReminderTable _table = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _table = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_row_is_read_as_it_was_written()
    {
        var etag = await UpsertAsync(Grain(1), Name);

        var row = await _table.ReadRow(Grain(1), Name, Cancellation);
        Assert.NotNull(row);
        Assert.Equal(Grain(1), row.GrainId);
        Assert.Equal(Name, row.ReminderName);
        Assert.Equal(StartAt, row.StartAt);
        // Some table does not say; Orleans takes it for UTC.
        Assert.NotEqual(DateTimeKind.Local, row.StartAt.Kind);
        Assert.Equal(TimeSpan.FromMinutes(10), row.Period);
        Assert.Equal(etag, row.ETag);
    }

    [Fact]
    public async Task A_row_that_is_not_there_is_null() => Assert.Null(await _table.ReadRow(Grain(1), Name, Cancellation));

    [Fact]
    public async Task Writing_again_replaces_the_row_under_a_new_etag()
    {
        var first = await UpsertAsync(Grain(1), Name);
        var second = await UpsertAsync(Grain(1), Name, TimeSpan.FromHours(1));

        Assert.NotEqual(first, second);
        var row = Assert.Single((await _table.ReadRows(Grain(1), Cancellation)).Reminders);
        Assert.Equal(TimeSpan.FromHours(1), row.Period);
        Assert.Equal(second, row.ETag);
    }

    [Fact]
    public async Task A_grain_has_its_own_reminders()
    {
        await UpsertAsync(Grain(1), Name);
        await UpsertAsync(Grain(1), "upcoming");
        await UpsertAsync(Grain(2), Name);

        var rows = await _table.ReadRows(Grain(1), Cancellation);
        Assert.Equal([Name, "upcoming"], rows.Reminders.Select(row => row.ReminderName).Order());
        Assert.Empty((await _table.ReadRows(Grain(3), Cancellation)).Reminders);
    }

    [Fact]
    public async Task Removing_needs_the_latest_etag()
    {
        var stale = await UpsertAsync(Grain(1), Name);
        var latest = await UpsertAsync(Grain(1), Name);

        Assert.False(await _table.RemoveRow(Grain(1), Name, stale, Cancellation));
        Assert.NotNull(await _table.ReadRow(Grain(1), Name, Cancellation));
        Assert.True(await _table.RemoveRow(Grain(1), Name, latest, Cancellation));
        Assert.Null(await _table.ReadRow(Grain(1), Name, Cancellation));
        Assert.False(await _table.RemoveRow(Grain(1), Name, latest, Cancellation));
    }

    [Fact]
    public async Task A_range_goes_from_after_its_begin_to_its_end()
    {
        var hashes = await UpsertManyAsync();
        var (begin, end) = (hashes[5], hashes[12]);

        Assert.Equal(hashes[6..13], await HashesInAsync(begin, end));
        Assert.Equal([hashes[5]], await HashesInAsync(begin - 1, begin));
    }

    [Fact]
    public async Task A_range_whose_begin_is_above_its_end_wraps_around()
    {
        var hashes = await UpsertManyAsync();
        var (begin, end) = (hashes[15], hashes[3]);

        Assert.Equal(hashes[..4].Concat(hashes[16..]), await HashesInAsync(begin, end));
    }

    [Fact]
    public async Task A_range_that_ends_where_it_begins_is_the_whole_ring()
    {
        var hashes = await UpsertManyAsync();

        Assert.Equal(hashes, await HashesInAsync(hashes[7], hashes[7]));
        Assert.Equal(hashes, await HashesInAsync(0, 0));
    }

    [Fact]
    public async Task The_ranges_of_a_divided_ring_hold_every_reminder_once()
    {
        var hashes = await UpsertManyAsync();
        uint[] cuts = [0x1000_0000, hashes[9], 0xF000_0000];
        Array.Sort(cuts);
        var found = new List<uint>();
        for (var i = 0; i < cuts.Length; i++)
            found.AddRange(await HashesInAsync(cuts[i], cuts[(i + 1) % cuts.Length]));

        Assert.Equal(hashes, found.Order());
    }

    [Fact]
    public async Task Reminders_survive_reopening()
    {
        var etag = await UpsertAsync(Grain(1), Name);
        await CloseAsync();
        _table = await OpenAsync();

        Assert.Equal(etag, (await _table.ReadRow(Grain(1), Name, Cancellation))?.ETag);
        Assert.True(await _table.RemoveRow(Grain(1), Name, etag, Cancellation));
    }

    /// <summary>Opens the table over the data of this test; called again after <see cref="CloseAsync"/>.</summary>
    protected abstract Task<IReminderTable> OpenAsync();

    /// <summary>Closes what <see cref="OpenAsync"/> opened and keeps the data.</summary>
    protected abstract Task CloseAsync();

    private GrainId Grain(int number) => GrainId.Create("tenant", $"{_test}-{number}");

    private async Task<string> UpsertAsync(GrainId grain, string name, TimeSpan? period = null)
    {
        var etag = await _table.UpsertRow(
            new ReminderEntry { GrainId = grain, ReminderName = name, StartAt = StartAt, Period = period ?? TimeSpan.FromMinutes(10) },
            Cancellation);
        Assert.False(string.IsNullOrEmpty(etag));
        return etag;
    }

    private async Task<uint[]> UpsertManyAsync()
    {
        var grains = Enumerable.Range(0, 20).Select(Grain).ToList();
        foreach (var grain in grains)
            await UpsertAsync(grain, Name);

        return [.. grains.Select(grain => grain.GetUniformHashCode()).Order()];
    }

    private async Task<uint[]> HashesInAsync(uint begin, uint end)
    {
        var rows = await _table.ReadRows(begin, end, Cancellation);
        return
        [
            .. rows.Reminders
                .Where(row => row.GrainId.Key.ToString()!.StartsWith(_test, StringComparison.Ordinal))
                .Select(row => row.GrainId.GetUniformHashCode())
                .Order(),
        ];
    }
}
