using System.Globalization;

namespace RechargeGrains.Grains.Segments;

/// <content>The records of a log.</content>
internal sealed partial class SegmentLog<T>
{
    private async Task<bool> ExistsAsync(long number) => (await ReadPieceAsync(number, 0)).Exists;

    /// <summary>A segment with its items, or null if there is none.</summary>
    private async Task<SegmentHandle<T>?> ReadSegmentAsync(long number)
    {
        var segment = new SegmentHandle<T> { Items = [] };
        while (true)
        {
            var record = await ReadPieceAsync(number, segment.Pieces.Count);
            if (!record.Exists)
                return segment.Pieces.Count == 0 ? null : segment;
            segment.AddStored(record.ETag, record.Value.Items.Count);
            segment.Items.AddRange(record.Value.Items);
            // Only behind a full piece there may be another.
            if (record.Value.Items.Count < PieceSize)
                return segment;
        }
    }

    private async Task ClearAsync()
    {
        var head = _head.Value;
        for (; head.ClearFrom < head.First; head.ClearFrom++)
        {
            var pieces = _segments.Remove(head.ClearFrom, out var known) && known.Pieces.TrueForAll(piece => piece.ETag is not null)
                ? known.Pieces
                : (await ReadSegmentAsync(head.ClearFrom))?.Pieces ?? [];
            // From the last one on: a piece is looked for only behind another, so that a crash in between leaves none behind that nobody finds.
            for (var i = pieces.Count - 1; i >= 0; i--)
                await StoredRecord<Segment<T>>.At(storage, grain, RecordName(head.ClearFrom, i), pieces[i].ETag, new Segment<T>()).ClearAsync();
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
        // In order: a piece is looked for only behind a full one. Those that come meanwhile have their turn with the next flush.
        foreach (var piece in segment.Pieces.Where(piece => !piece.IsDurable).ToList())
            await WritePieceAsync(number, segment, piece);
        if (!segment.IsDurable)
            return;
        _dirty.Remove(number);
        if (number != Open)
            segment.Items = null;
    }

    private async Task WritePieceAsync(long number, SegmentHandle<T> segment, SegmentPiece piece)
    {
        piece.IsBegun = true;
        var version = piece.Version;
        var items = segment.Items!.GetRange(piece.Start, piece.Count);
        var record = StoredRecord<Segment<T>>.At(storage, grain, RecordName(number, segment.Pieces.IndexOf(piece)), piece.ETag, new Segment<T> { Items = items });
        await record.WriteAsync();
        piece.ETag = record.ETag;
        piece.Durable = version;
    }

    private static SegmentPiece AddEmptyPiece(SegmentHandle<T> segment)
    {
        var piece = new SegmentPiece(segment.Count);
        segment.Pieces.Add(piece);
        return piece;
    }

    private Task<StoredRecord<Segment<T>>> ReadPieceAsync(long number, int piece) =>
        StoredRecord<Segment<T>>.ReadAsync(storage, grain, RecordName(number, piece));

    private string RecordName(long number, int piece) => piece == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{name}-{number}")
        : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}.{piece}");
}
