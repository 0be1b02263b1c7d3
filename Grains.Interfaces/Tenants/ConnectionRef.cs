namespace RechargeGrains.Tenants;

/// <summary>A connection that was made.</summary>
[GenerateSerializer, Immutable, Alias("rg.connection-ref.v1")]
public sealed record ConnectionRef([property: Id(0)] string ConnectionId);
