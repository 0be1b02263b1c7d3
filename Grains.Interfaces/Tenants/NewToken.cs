namespace RechargeGrains.Tenants;

/// <summary>A token at the one moment when it can be seen.</summary>
[GenerateSerializer, Immutable, Alias("rg.new-token.v1")]
public sealed record NewToken([property: Id(0)] string TokenId, [property: Id(1)] string Token);
