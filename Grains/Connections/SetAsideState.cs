namespace RechargeGrains.Grains.Connections;

/// <summary>Sums over the bodies that are set aside, so that nobody has to read them to know of them.</summary>
internal sealed class SetAsideState
{
    public long Count { get; set; }

    public long Bytes { get; set; }

    public DateTimeOffset? FirstAt { get; set; }

    public string? LastReason { get; set; }
}
