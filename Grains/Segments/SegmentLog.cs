using Orleans.Storage;

namespace RechargeGrains.Grains.Segments;

/// <summary>
/// An append-only log of one grain in numbered segments of at most <c>segmentSize</c> items. Many callers' appends share one
/// write, an append's cost grows neither with the log nor with its segment, and only the open segment is held in memory. Any
/// <see cref="IGrainStorage"/> can hold it.
/// </summary>
/// <remarks>
/// For use inside one reentrant grain. After a failed write the log says so to every caller and has to be loaded anew, because what
/// is in memory may or may not be in storage.
/// </remarks>
internal sealed partial class SegmentLog<T>(IGrainStorage storage, GrainId grain, string name, int segmentSize)
{
    /// <summary>
    /// A segment is stored in pieces: one that has as many items is written no more, and the next append begins another. Few, since what is in the last
    /// one is written again with each append; not one, since each is a record that has to be read and removed.
    /// </summary>
    private const int PieceSize = 8;

    private readonly StoredRecord<SegmentHead> _head = new(storage, grain, $"{name}-head");
    private readonly Dictionary<long, SegmentHandle<T>> _segments = [];
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
            if (await ReadSegmentAsync(End) is not { } segment)
                break;
            visit?.Invoke(End, segment.Items!);
            segment.Items = null;
            _segments[End++] = segment;
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
        var last = await ReadSegmentAsync(End - 1);
        if (last is null || last.Count >= segmentSize)
            return;
        _segments[End - 1] = last;
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
            var last = await ReadSegmentAsync(End - 1) ?? new SegmentHandle<T>();
            if (_segments.TryGetValue(End - 1, out var loaded) && !loaded.Pieces.Select(piece => piece.ETag).SequenceEqual(last.Pieces.Select(piece => piece.ETag)))
                throw new InconsistentStateException("Something was appended while the log was taken over.");
            _segments[End - 1] = last;
            // Where the older one would append: to the last piece, or to the one behind it.
            if (last.Pieces is [.., { Count: < PieceSize } open])
                await WritePieceAsync(End - 1, last, open);
            else if (last.Count < segmentSize)
                await WritePieceAsync(End - 1, last, AddEmptyPiece(last));
            if (last.Count == 0)
            {
                Open = End - 1;
                return;
            }

            last.Items = null;
        }

        // And the number that it would give the next segment.
        var next = new SegmentHandle<T> { Items = [] };
        await WritePieceAsync(End, next, AddEmptyPiece(next));
        _segments[End] = next;
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
                _segments[Open.Value] = new SegmentHandle<T> { Items = [] };
            }

            _segments[Open.Value].Add(item, PieceSize);
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

    /// <summary>Closes the open segment: the next append opens another. Answers its items, which need not be durable yet.</summary>
    public IReadOnlyList<T> Seal()
    {
        if (Open is not { } open)
            return [];
        Open = null;
        var segment = _segments[open];
        List<T> items = [.. segment.Items!];
        if (segment.IsDurable)
            segment.Items = null;
        return items;
    }

    /// <summary>Changes items of a segment in place. Durable when the task completes.</summary>
    /// <param name="number">Which segment.</param>
    /// <param name="change">Changes the items, neither adding nor removing any, and answers whether it did.</param>
    public async Task RewriteAsync(long number, Func<List<T>, bool> change)
    {
        if (!_segments.TryGetValue(number, out var segment) || segment.Items is null)
        {
            var stored = await ReadSegmentAsync(number) ?? throw new InvalidOperationException("There is no such segment.");
            // Someone else may have brought it into memory meanwhile, and perhaps changed it.
            if (!_segments.TryGetValue(number, out segment) || segment.Items is null)
                segment = _segments[number] = stored;
        }

        if (change(segment.Items!))
        {
            segment.Pieces.ForEach(piece => piece.Version++);
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
        return (await ReadSegmentAsync(number))?.Items ?? [];
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
}
