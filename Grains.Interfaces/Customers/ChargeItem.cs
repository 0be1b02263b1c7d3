namespace RechargeGrains.Customers;

/// <summary>One line of a charge.</summary>
[GenerateSerializer, Immutable, Alias("rg.charge-item.v1")]
public sealed record ChargeItem
{
    /// <summary>Id of the subscription or one-time item behind the line.</summary>
    [Id(0)] public long? PurchaseItemId { get; init; }
    [Id(1)] public string? ProductId { get; init; }
    [Id(2)] public string? VariantId { get; init; }
    [Id(3)] public string? Title { get; init; }
    [Id(4)] public string? VariantTitle { get; init; }
    [Id(5)] public decimal? UnitPrice { get; init; }
    [Id(6)] public int? Quantity { get; init; }
}
