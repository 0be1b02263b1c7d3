namespace RechargeGrains.Sandbox;

/// <summary>What a check found. A fatal one keeps the record from being taken.</summary>
internal sealed record RecordFinding(string Rule, string Path, bool Fatal);
