using System.Text.Json.Serialization;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Recharge.Json;

internal sealed class SubscriptionDto
{
    public long? Id { get; set; }

    public long? CustomerId { get; set; }

    public long? AddressId { get; set; }

    public string? Status { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    public DateTimeOffset? CancelledAt { get; set; }

    public string? CancellationReason { get; set; }

    [JsonConverter(typeof(ExternalIdConverter))]
    public string? ExternalProductId { get; set; }

    [JsonConverter(typeof(ExternalIdConverter))]
    public string? ExternalVariantId { get; set; }

    public string? ProductTitle { get; set; }

    public string? VariantTitle { get; set; }

    public decimal? Price { get; set; }

    public int? Quantity { get; set; }

    public int? OrderIntervalFrequency { get; set; }

    public string? OrderIntervalUnit { get; set; }

    public DateOnly? NextChargeScheduledAt { get; set; }

    [JsonConverter(typeof(ObjectOrNothing<IncludeDto>))]
    public IncludeDto? Include { get; set; }

    /// <summary>Null if the ids are missing, without which nothing can be done with it.</summary>
    /// <param name="customerId">The customer it was read from, where the row itself does not say.</param>
    public SubscriptionSnapshot? ToSnapshot(long? customerId = null) => Id is > 0 and { } id && (CustomerId ?? customerId) is > 0 and { } customer
        ? new SubscriptionSnapshot
        {
            Id = id,
            CustomerId = customer,
            AddressId = AddressId,
            Status = ParseStatus(Status),
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
            CancelledAt = CancelledAt,
            CancellationReason = PlainText.Of(CancellationReason),
            ProductId = PlainText.Id(ExternalProductId),
            VariantId = PlainText.Id(ExternalVariantId),
            ProductTitle = PlainText.Of(ProductTitle),
            VariantTitle = PlainText.Of(VariantTitle),
            Price = Price,
            Quantity = Quantity,
            IntervalFrequency = OrderIntervalFrequency,
            IntervalUnit = PlainText.Id(OrderIntervalUnit)?.ToLowerInvariant().TrimEnd('s'),
            NextChargeDate = NextChargeScheduledAt,
        }
        : null;

    internal static SubscriptionStatus ParseStatus(string? text) => text?.ToUpperInvariant() switch
    {
        "ACTIVE" => SubscriptionStatus.Active,
        "CANCELLED" or "CANCELED" => SubscriptionStatus.Cancelled,
        "EXPIRED" => SubscriptionStatus.Expired,
        _ => SubscriptionStatus.Other,
    };
}
