namespace RechargeGrains.Connections;

/// <summary>How many bodies are set aside, and since when.</summary>
[GenerateSerializer, Immutable, Alias("rg.set-aside-summary.v1")]
public sealed record SetAsideSummary([property: Id(0)] long Count, [property: Id(1)] DateTimeOffset? FirstAt, [property: Id(2)] string? LastReason);
