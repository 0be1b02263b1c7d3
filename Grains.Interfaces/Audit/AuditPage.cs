namespace RechargeGrains.Audit;

/// <summary>Entries, newest first.</summary>
/// <param name="Entries">At most as many as asked for.</param>
/// <param name="Before">Where to go on, or null at the end.</param>
[GenerateSerializer, Immutable, Alias("rg.audit-page.v1")]
public sealed record AuditPage([property: Id(0)] IReadOnlyList<AuditEntry> Entries, [property: Id(1)] long? Before);
