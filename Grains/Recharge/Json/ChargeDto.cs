using System.Text.Json.Serialization;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Recharge.Json;

internal sealed class ChargeDto
{
    public long? Id { get; set; }

    public long? AddressId { get; set; }

    public string? Status { get; set; }

    public DateOnly? ScheduledAt { get; set; }

    public decimal? TotalPrice { get; set; }

    [JsonConverter(typeof(ObjectOrNothing<CustomerDto>))]
    public CustomerDto? Customer { get; set; }

    [JsonConverter(typeof(ObjectsOrNothing<LineItemDto>))]
    public List<LineItemDto>? LineItems { get; set; }

    [JsonIgnore]
    public bool IsQueued => Status is null || Status.Equals("queued", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null if the charge does not say whose it is, where to or when.</summary>
    public ChargeSnapshot? ToSnapshot() =>
        Id is { } id && AddressId is { } address && ScheduledAt is { } date && Customer?.ToProfile() is { } customer
            ? new ChargeSnapshot
            {
                Id = id,
                AddressId = address,
                Customer = customer,
                ScheduledAt = date,
                TotalPrice = TotalPrice,
                Items = [.. (LineItems ?? []).Select(item => item.ToItem())],
                IsQueued = IsQueued,
            }
            : null;
}
