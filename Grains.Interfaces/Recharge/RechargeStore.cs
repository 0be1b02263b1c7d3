namespace RechargeGrains.Recharge;

/// <summary>The store behind an API key, as <c>GET /store</c> tells.</summary>
[GenerateSerializer, Immutable, Alias("rg.recharge-store.v1")]
public sealed record RechargeStore
{
    /// <summary>Recharge's id of the store, or the store's domain where it gives none.</summary>
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public string? Name { get; init; }
    [Id(2)] public string? Domain { get; init; }

    /// <summary>IANA name; the calendar of every bare date of this store.</summary>
    [Id(3)] public string? TimeZone { get; init; }
    [Id(4)] public string? Currency { get; init; }
}
