namespace RechargeGrains.Sandbox;

/// <summary>One call of <c>POST /push</c>, whether it was taken or refused.</summary>
public sealed record PushLogEntry(
    DateTimeOffset At, string? Type, int Count, int Bytes, int Status, int Accepted, int Rejected, string? RequestId, string? Error);
