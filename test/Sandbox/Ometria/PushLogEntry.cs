namespace RechargeGrains.Sandbox;

/// <summary>One call of <c>POST /push</c>, whether it was taken or refused.</summary>
public sealed record PushLogEntry(
    DateTimeOffset At, string? Type, int Count, int Bytes, int Status, int Accepted, int Rejected, string? RequestId, string? Error)
{
    /// <summary>The ids of the rejected records; null for one without an id.</summary>
    public IReadOnlyList<string?> RejectedIds { get; init; } = [];

    /// <summary>What became of the answer.</summary>
    public PushAnswer Answer { get; internal set; }
}
