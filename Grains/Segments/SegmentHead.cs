namespace RechargeGrains.Grains.Segments;

/// <summary>Where a log begins.</summary>
internal sealed class SegmentHead
{
    /// <summary>Number of the first segment that counts.</summary>
    public long First { get; set; }

    /// <summary>First number that may still have to be cleared from storage; equal to <see cref="First"/> when none has.</summary>
    public long ClearFrom { get; set; }
}
