using System.Text.Json.Serialization;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Recharge.Json;

internal sealed class LineItemDto
{
    public long? PurchaseItemId { get; set; }

    [JsonConverter(typeof(ExternalIdConverter))]
    public string? ExternalProductId { get; set; }

    [JsonConverter(typeof(ExternalIdConverter))]
    public string? ExternalVariantId { get; set; }

    public string? Title { get; set; }

    public string? VariantTitle { get; set; }

    public decimal? UnitPrice { get; set; }

    public int? Quantity { get; set; }

    public ChargeItem ToItem() => new()
    {
        PurchaseItemId = PurchaseItemId,
        ProductId = PlainText.Id(ExternalProductId),
        VariantId = PlainText.Id(ExternalVariantId),
        Title = PlainText.Of(Title),
        VariantTitle = PlainText.Of(VariantTitle),
        UnitPrice = UnitPrice,
        Quantity = Quantity,
    };
}
