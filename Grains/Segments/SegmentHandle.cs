namespace RechargeGrains.Grains.Segments;

/// <summary>What is known of a segment of a log.</summary>
internal sealed class SegmentHandle<T>
{
    /// <summary>The records that it is stored as.</summary>
    public List<SegmentPiece> Pieces { get; } = [];

    /// <summary>Null once the segment is stored and takes no more.</summary>
    public List<T>? Items { get; set; }

    public int Count { get; private set; }

    public bool IsDurable => Pieces.TrueForAll(piece => piece.IsDurable);

    /// <summary>Adds an item: to the last piece, unless that is full and on its way to storage or there already.</summary>
    public void Add(T item, int pieceSize)
    {
        if (Pieces is not [.., var last] || (last.Count >= pieceSize && last.IsBegun))
            Pieces.Add(last = new SegmentPiece(Count));
        Items!.Add(item);
        Count++;
        last.Count++;
        last.Version++;
    }

    /// <summary>Notes a piece that is stored.</summary>
    public void AddStored(string? etag, int count)
    {
        Pieces.Add(new SegmentPiece(Count) { ETag = etag, Count = count, IsBegun = true });
        Count += count;
    }
}
