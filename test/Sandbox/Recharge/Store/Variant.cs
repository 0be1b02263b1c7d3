namespace RechargeGrains.Sandbox;

/// <summary>What a subscription delivers: one variant of one product of the shop.</summary>
public sealed record Variant(
    string ProductId, string VariantId, string ProductTitle, string? VariantTitle, string Sku, decimal Price, int Grams);
