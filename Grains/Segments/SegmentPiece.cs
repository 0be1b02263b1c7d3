namespace RechargeGrains.Grains.Segments;

/// <summary>A run of a segment's items that is stored as one record.</summary>
/// <param name="start">Place of its first item in the segment.</param>
internal sealed class SegmentPiece(int start)
{
    public int Start => start;

    public int Count { get; set; }

    /// <summary>The version in storage, or null before the first write.</summary>
    public string? ETag { get; set; }

    /// <summary>Counts the changes, and which of them are stored.</summary>
    public long Version { get; set; }

    public long Durable { get; set; }

    public bool IsDurable => Durable == Version;

    /// <summary>Whether a write has begun: what is added from then on is written again, or into the next piece.</summary>
    public bool IsBegun { get; set; }
}
