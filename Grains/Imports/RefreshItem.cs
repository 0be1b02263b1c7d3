namespace RechargeGrains.Grains.Imports;

/// <summary>A customer to be read, how many of its events wait for that, and from when on it is wanted.</summary>
[GenerateSerializer, Immutable, Alias("rg.refresh-item.v1")]
internal sealed record RefreshItem([property: Id(0)] long CustomerId, [property: Id(1)] int Events, [property: Id(2)] DateTimeOffset? NotBefore = null);
