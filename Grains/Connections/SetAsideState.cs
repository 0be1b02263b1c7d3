namespace RechargeGrains.Grains.Connections;

/// <summary>Sums over the bodies that are set aside, so that nobody has to read them to know of them.</summary>
internal sealed class SetAsideState
{
    /// <summary>How many are still set aside.</summary>
    public long Count { get; set; }

    /// <summary>Bytes of those.</summary>
    public long Bytes { get; set; }

    /// <summary>When the oldest of those was received.</summary>
    public DateTimeOffset? FirstAt { get; set; }

    /// <summary>Why the last one could not be understood; null once that one is no longer set aside.</summary>
    public string? LastReason { get; set; }

    /// <summary>Number of the body to come. Null in a record from before bodies could leave, when it was the count.</summary>
    public long? Next { get; set; }

    /// <summary>No body with a smaller number is set aside.</summary>
    public long First { get; set; }

    /// <summary>The last one that left: the sums are without it, and its own record may not show that yet.</summary>
    public SetAsideLeaving? Leaving { get; set; }
}
