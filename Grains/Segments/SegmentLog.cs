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

    /// <summary>Number of the segment that takes appends, or null if the next append opens one.</summary>
    public long? Open { get; private set; }

    /// <summary>Reads where the log stands, handing every stored item to <paramref name="visit"/> in order.</summary>
    public async Task LoadAsync(Action<long, IReadOnlyList<T>>? visit = null)
    {
        await _head.ReadAsync();
        await ClearAsync();
        End = First;
        while (true)
        {
            var record = await ReadRecordAsync(End);
            if (!record.Exists)
                break;
            _segments[End] = new Handle { ETag = record.ETag, Count = record.Value.Items.Count, Durable = record.Value.Items.Count };
            visit?.Invoke(End, record.Value.Items);
            End++;
        }
    }

    /// <summary>
    /// Takes the last segment over, so that an older activation that still lives fails when it appends to it. Call it before anything
    /// is done with the items: what another appends later would not be seen.
    /// </summary>
    public async Task FenceAsync()
    {
        if (End == First)
            return;
        var last = await ReadRecordAsync(End - 1);
        await last.WriteAsync();
        _segments[End - 1].ETag = last.ETag;
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
        List<T> items = [.. segment.Items!];
        var record = StoredRecord<Segment<T>>.At(storage, grain, RecordName(number), segment.ETag, new Segment<T> { Items = items });
        await record.WriteAsync();
        segment.ETag = record.ETag;
        segment.Durable = items.Count;
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

        public int Durable { get; set; }

        /// <summary>Null once the segment is stored and takes no more.</summary>
        public List<T>? Items { get; set; }

        public bool IsDurable => Durable == Count;
    }
}
