using System.Globalization;
using Orleans.Storage;

namespace RechargeGrains.Grains.Segments;

/// <summary>
/// An append-only log of one grain, stored as numbered records of at most <c>segmentSize</c> items. Many callers' appends share one
/// write, an append's cost does not grow with the log, and only the open segment is held in memory. Any
/// <see cref="IGrainStorage"/> can hold it.
/// </summary>
/// <remarks>
/// For use inside one reentrant grain. After a failed write the log says so to every caller and has to be loaded anew, because what
/// is in memory may or may not be in storage.
/// </remarks>
internal sealed class SegmentLog<T>(IGrainStorage storage, GrainId grain, string name, int segmentSize)
{
    private readonly StoredRecord<SegmentHead> _head = new(storage, grain, $"{name}-head");
    private readonly Dictionary<long, Handle> _segments = [];
    private readonly SortedSet<long> _dirty = [];
    private Task? _flushing;
    private TaskCompletionSource? _nextFlush;
    private Exception? _broken;

    /// <summary>Number of the first segment.</summary>
    public long First => _head.Value.First;

    /// <summary>Number that the next new segment gets.</summary>
    public long End { get; private set; }

    /// <summary>Behind the last segment that has items: one that was opened to take the log over may be empty.</summary>
    public long EndOfItems => Open is { } open && _segments[open].Count == 0 ? open : End;

    /// <summary>Number of the segment that takes appends, or null if the next append opens one.</summary>
    public long? Open { get; private set; }

    /// <summary>Reads where the log stands, handing every stored item to <paramref name="visit"/> in order.</summary>
    /// <param name="visit">Told of each segment and its items.</param>
    /// <param name="from">Segments before it are known to exist and are not read.</param>
    public async Task LoadAsync(Action<long, IReadOnlyList<T>>? visit = null, long from = 0)
    {
        await _head.ReadAsync();
        await ClearAsync();
        End = Math.Max(First, from);
        while (true)
        {
            var record = await ReadRecordAsync(End);
            if (!record.Exists)
                break;
            _segments[End] = Handle.Stored(record);
            visit?.Invoke(End, record.Value.Items);
            End++;
        }
    }

    /// <summary>Reads only where the log begins and ends, in few reads however long it is.</summary>
    public async Task LoadEndsAsync()
    {
        await _head.ReadAsync();
        await ClearAsync();
        // Segments follow each other without a gap, so the end can be searched for: in growing steps, then by halves.
        long exists = First - 1, step = 1;
        while (await ExistsAsync(exists + step))
        {
            exists += step;
            step *= 2;
        }

        for (var missing = exists + step; missing - exists > 1;)
        {
            var middle = exists + (missing - exists) / 2;
            if (await ExistsAsync(middle))
                exists = middle;
            else
                missing = middle;
        }

        End = exists + 1;
    }

    /// <summary>Lets the last segment take appends again, if it has room: a log that is woken for a few items at a time stays short.</summary>
    public async Task ReopenAsync()
    {
        if (Open is not null || End == First)
            return;
        var last = await ReadRecordAsync(End - 1);
        if (last.Value.Items.Count >= segmentSize)
            return;
        var segment = Handle.Stored(last);
        segment.Items = last.Value.Items;
        _segments[End - 1] = segment;
        Open = End - 1;
    }

    /// <summary>
    /// Takes the log over, so that an older activation that still lives fails at its next append: it would go where this one does not
    /// look. Call it before anything is done with the items.
    /// </summary>
    /// <exception cref="InconsistentStateException">Something was appended since the log was loaded.</exception>
    public async Task FenceAsync()
    {
        if (End > First)
        {
            // Where the older one would append.
            var last = await ReadRecordAsync(End - 1);
            if (_segments.TryGetValue(End - 1, out var loaded) && loaded.ETag != last.ETag)
                throw new InconsistentStateException("Something was appended while the log was taken over.", last.ETag, loaded.ETag);
            await last.WriteAsync();
            var handle = _segments[End - 1] = Handle.Stored(last);
            if (handle.Count == 0)
            {
                handle.Items = [];
                Open = End - 1;
                return;
            }
        }

        // And the number that it would give the next segment.
        var next = StoredRecord<Segment<T>>.At(storage, grain, RecordName(End), null, new Segment<T>());
        await next.WriteAsync();
        _segments[End] = Handle.Stored(next);
        _segments[End].Items = [];
        Open = End++;
    }

    /// <summary>Adds items in order. They are durable when the task completes.</summary>
    public Task AppendAsync(IReadOnlyList<T> items)
    {
        foreach (var item in items)
        {
            if (Open is { } open && _segments[open].Count >= segmentSize)
                Seal();
            if (Open is null)
            {
                Open = End++;
                _segments[Open.Value] = new Handle { Items = [] };
            }

            var segment = _segments[Open.Value];
            segment.Items!.Add(item);
            segment.Count++;
            segment.Version++;
            _dirty.Add(Open.Value);
        }

        return WhenDurableAsync();
    }

    /// <summary>Completes when everything appended so far is durable.</summary>
    public Task WhenDurableAsync()
    {
        if (_broken is not null)
            return Task.FromException(_broken);
        if (_dirty.Count == 0)
            return Task.CompletedTask;
        var flush = _nextFlush ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _flushing ??= FlushAsync();
        return flush.Task;
    }

    /// <summary>Closes the open segment: the next append opens another.</summary>
    public void Seal()
    {
        if (Open is { } open && _segments[open] is { IsDurable: true } segment)
            segment.Items = null;
        Open = null;
    }

    /// <summary>Changes items of a segment in place. Durable when the task completes.</summary>
    /// <param name="number">Which segment.</param>
    /// <param name="change">Changes the items, neither adding nor removing any, and answers whether it did.</param>
    public async Task RewriteAsync(long number, Func<List<T>, bool> change)
    {
        if (!_segments.TryGetValue(number, out var segment) || segment.Items is null)
        {
            var record = await ReadRecordAsync(number);
            // Someone else may have brought it into memory meanwhile, and perhaps changed it.
            if (!_segments.TryGetValue(number, out segment) || segment.Items is null)
            {
                segment = _segments[number] = Handle.Stored(record);
                segment.Items = record.Value.Items;
            }
        }

        if (change(segment.Items!))
        {
            segment.Version++;
            _dirty.Add(number);
        }
        else if (segment.IsDurable && number != Open)
        {
            segment.Items = null;
        }

        await WhenDurableAsync();
    }

    public async Task<IReadOnlyList<T>> ReadAsync(long number)
    {
        if (_segments.TryGetValue(number, out var segment) && segment.Items is { } items)
            return [.. items];
        return (await ReadRecordAsync(number)).Value.Items;
    }

    /// <summary>Removes every segment up to and including <paramref name="through"/>. All of them have to be sealed and durable.</summary>
    public async Task TrimAsync(long through)
    {
        if (through < First)
            return;
        _head.Value.First = through + 1;
        // First the pointer, then the records: a crash in between leaves records behind that the next load clears.
        await _head.WriteAsync();
        await ClearAsync();
    }

    /// <summary>Removes everything, also where the log stood. All segments have to be sealed and durable.</summary>
    public async Task RemoveAllAsync()
    {
        await TrimAsync(End - 1);
        if (_head.Exists)
            await _head.ClearAsync();
        End = 0;
    }

    private async Task<bool> ExistsAsync(long number) => (await ReadRecordAsync(number)).Exists;

    private async Task ClearAsync()
    {
        var head = _head.Value;
        for (; head.ClearFrom < head.First; head.ClearFrom++)
        {
            var record = _segments.Remove(head.ClearFrom, out var known) && known.ETag is not null
                ? StoredRecord<Segment<T>>.At(storage, grain, RecordName(head.ClearFrom), known.ETag, new Segment<T>())
                : await ReadRecordAsync(head.ClearFrom);
            if (record.Exists)
                await record.ClearAsync();
        }
    }

    private async Task FlushAsync()
    {
        // Callers of the same turn get into the same write.
        await Task.Yield();
        while (_nextFlush is { } flush)
        {
            _nextFlush = null;
            try
            {
                foreach (var number in _dirty.ToList())
                    await WriteAsync(number);
                flush.SetResult();
            }
            catch (Exception failure)
            {
                _broken = failure;
                flush.SetException(failure);
                _nextFlush?.SetException(failure);
                _nextFlush = null;
            }
        }

        _flushing = null;
    }

    private async Task WriteAsync(long number)
    {
        var segment = _segments[number];
        var version = segment.Version;
        List<T> items = [.. segment.Items!];
        var record = StoredRecord<Segment<T>>.At(storage, grain, RecordName(number), segment.ETag, new Segment<T> { Items = items });
        await record.WriteAsync();
        segment.ETag = record.ETag;
        segment.Durable = version;
        if (!segment.IsDurable)
            return;
        _dirty.Remove(number);
        if (number != Open)
            segment.Items = null;
    }

    private Task<StoredRecord<Segment<T>>> ReadRecordAsync(long number) =>
        StoredRecord<Segment<T>>.ReadAsync(storage, grain, RecordName(number));

    private string RecordName(long number) => string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");

    private sealed class Handle
    {
        public string? ETag { get; set; }

        public int Count { get; set; }

        /// <summary>Counts the changes, and which of them are stored.</summary>
        public long Version { get; set; }

        public long Durable { get; set; }

        /// <summary>Null once the segment is stored and takes no more.</summary>
        public List<T>? Items { get; set; }

        public bool IsDurable => Durable == Version;

        public static Handle Stored(StoredRecord<Segment<T>> record) => new() { ETag = record.ETag, Count = record.Value.Items.Count };
    }
}
