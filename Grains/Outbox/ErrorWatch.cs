namespace RechargeGrains.Grains.Outbox;

/// <summary>What is remembered of Ometria's list of errors, so that each is acted on once.</summary>
internal sealed class ErrorWatch
{
    /// <summary>Whether the list was read before; what it holds at the first reading may be older than the connection.</summary>
    public bool IsKnown { get; set; }

    /// <summary>The list as it was last read, an error on a line of its own.</summary>
    public List<string> Seen { get; set; } = [];

    public long Unmatched { get; set; }

    public DateTimeOffset? UnmatchedAt { get; set; }

    public string? UnmatchedPath { get; set; }
}
