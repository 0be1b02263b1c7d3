namespace RechargeGrains.Grains.Outbox;

/// <summary>How far the sending of one segment is. Written down before each push, so that a crash in it is noticed afterwards.</summary>
internal sealed class Sending
{
    public required long Segment { get; init; }

    /// <summary>By position.</summary>
    public Dictionary<int, Stamp> Stamps { get; set; } = [];

    /// <summary>Positions of the push that is under way.</summary>
    public List<int> Out { get; set; } = [];

    /// <summary>Positions of which nobody knows whether Ometria accepted them.</summary>
    public HashSet<int> Unknown { get; set; } = [];

    /// <summary>How often each of those was sent again, by position.</summary>
    public Dictionary<int, int> Repeats { get; set; } = [];

    /// <summary>Pushes so far, by position.</summary>
    public Dictionary<int, int> Attempts { get; set; } = [];
}
