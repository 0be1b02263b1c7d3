namespace RechargeGrains.Sandbox;

/// <summary>Something a connector must not send, found in a record that came in.</summary>
public sealed record OmetriaViolation(string Rule, string? RecordId, string Path);
