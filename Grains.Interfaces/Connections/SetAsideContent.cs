namespace RechargeGrains.Connections;

/// <summary>A body that was set aside, with its content: personal data, for whoever may see it.</summary>
/// <param name="Entry">What is known of it.</param>
/// <param name="Body">The bytes as they came; empty after a replay.</param>
[GenerateSerializer, Immutable, Alias("rg.set-aside-content.v1")]
public sealed record SetAsideContent([property: Id(0)] SetAsideEntry Entry, [property: Id(1)] byte[] Body);
